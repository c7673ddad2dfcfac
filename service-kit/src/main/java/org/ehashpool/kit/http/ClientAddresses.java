package org.ehashpool.kit.http;

import io.vertx.core.http.HttpServerRequest;
import java.net.InetAddress;
import java.util.List;
import org.ehashpool.kit.sv2.admission.AddressGroup;
import org.ehashpool.kit.sv2.admission.AddressRange;

/**
 * Whose request it is. A trusted proxy is believed when it names its peer, and so is each trusted one that it names; what
 * an untrusted one says of others is its own invention.
 *
 * @param proxies that are trusted
 */
public record ClientAddresses(List<AddressRange> proxies) {

    private static final String FORWARDED_FOR = "X-Forwarded-For";

    public ClientAddresses {
        proxies = List.copyOf(proxies);
    }

    /** Who sent a request: what quotas count. */
    public AddressGroup of(HttpServerRequest request) {
        return AddressGroup.of(client(request));
    }

    /** The address of who sent a request. */
    public InetAddress client(HttpServerRequest request) {
        InetAddress peer = InetAddress.ofLiteral(request.remoteAddress().hostAddress());
        return of(peer, request.headers().getAll(FORWARDED_FOR));
    }

    /**
     * The client's own address.
     *
     * @param peer who is connected
     * @param forwarded the header's values; each is a list, to which every proxy adds whom it was connected with
     */
    InetAddress of(InetAddress peer, List<String> forwarded) {
        InetAddress client = peer;
        String[] named = String.join(",", forwarded).split(",", -1);
        for (int i = named.length - 1; i >= 0 && trusted(client); i--) {
            try {
                client = InetAddress.ofLiteral(named[i].strip());
            } catch (IllegalArgumentException e) {
                // No address: whoever wrote it counts for what it forwards.
                return client;
            }
        }
        return client;
    }

    private boolean trusted(InetAddress address) {
        return proxies.stream().anyMatch(range -> range.contains(address));
    }
}
