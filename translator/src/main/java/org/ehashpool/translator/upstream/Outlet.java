package org.ehashpool.translator.upstream;

import java.util.List;
import org.ehashpool.sv2.message.Mining;
import org.ehashpool.sv2.message.Tlv;

/** The way to an upstream, for as long as a connection lasts. */
interface Outlet {
    void send(Mining.FromClient message, List<Tlv> tlvs);

    /** Whether more may be sent without waiting for the upstream. */
    boolean isWritable();

    /** Gives the upstream up: the connection is closed and another one made. */
    void leave(String why);
}
