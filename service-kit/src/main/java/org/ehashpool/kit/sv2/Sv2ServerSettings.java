package org.ehashpool.kit.sv2;

import java.util.List;
import org.ehashpool.kit.sv2.admission.AddressRange;
import org.ehashpool.kit.sv2.admission.AdmissionSettings;
import org.ehashpool.kit.sv2.link.LinkSettings;
import org.ehashpool.kit.sv2.link.SetupDeadlines;

/**
 * One listening port.
 *
 * @param host address to listen on
 * @param port port to listen on; 0: any free one
 * @param eventLoops how many event loops share the connections; 0: one per processor
 * @param admission quotas
 * @param deadlines of the setup
 * @param link what an established connection may cost
 * @param trustedProxies addresses that must send a PROXY protocol v2 header, and are believed; empty: nobody
 */
public record Sv2ServerSettings(
        String host,
        int port,
        int eventLoops,
        AdmissionSettings admission,
        SetupDeadlines deadlines,
        LinkSettings link,
        List<AddressRange> trustedProxies) {

    public Sv2ServerSettings {
        trustedProxies = List.copyOf(trustedProxies);
        if (port < 0 || port > 0xffff) {
            throw new IllegalArgumentException("port must be 0 to 65535: " + port);
        }
        if (eventLoops < 0) {
            throw new IllegalArgumentException("eventLoops must not be negative: " + eventLoops);
        }
    }

    /** The defaults for an address. */
    public static Sv2ServerSettings of(String host, int port) {
        return new Sv2ServerSettings(
                host, port, 0, AdmissionSettings.DEFAULT, SetupDeadlines.DEFAULT, LinkSettings.DEFAULT, List.of());
    }

    /** The same on another number of event loops. */
    public Sv2ServerSettings withEventLoops(int loops) {
        return new Sv2ServerSettings(host, port, loops, admission, deadlines, link, trustedProxies);
    }

    /** The same with other quotas. */
    public Sv2ServerSettings withAdmission(AdmissionSettings quotas) {
        return new Sv2ServerSettings(host, port, eventLoops, quotas, deadlines, link, trustedProxies);
    }

    /** The same with other deadlines of the setup. */
    public Sv2ServerSettings withDeadlines(SetupDeadlines setup) {
        return new Sv2ServerSettings(host, port, eventLoops, admission, setup, link, trustedProxies);
    }

    /** The same with other limits of a connection. */
    public Sv2ServerSettings withLink(LinkSettings limits) {
        return new Sv2ServerSettings(host, port, eventLoops, admission, deadlines, limits, trustedProxies);
    }

    /** The same behind these proxies. */
    public Sv2ServerSettings withTrustedProxies(List<AddressRange> proxies) {
        return new Sv2ServerSettings(host, port, eventLoops, admission, deadlines, link, proxies);
    }
}
