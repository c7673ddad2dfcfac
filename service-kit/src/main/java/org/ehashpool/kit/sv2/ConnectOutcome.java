package org.ehashpool.kit.sv2;

import java.time.Duration;
import java.util.List;
import org.ehashpool.kit.sv2.link.CloseReason;

/** What became of an attempt to connect. */
public sealed interface ConnectOutcome {

    /**
     * The connection is set up; nothing is read before its message handler is set.
     *
     * @param connection the connection
     * @param timings how long its steps took
     */
    record Connected(Sv2Connection connection, Timings timings) implements ConnectOutcome {}

    /**
     * SetupConnection.Error.
     *
     * @param flags the flags that the server does not support, U32
     * @param errorCode the server's code, made printable
     */
    record SetupRefused(long flags, String errorCode) implements ConnectOutcome {}

    /**
     * The server insists on extensions that were not requested, or is without some that are required here.
     *
     * @param missing required here and not granted
     * @param demanded required by the server and not requested
     */
    record ExtensionsRefused(List<Integer> missing, List<Integer> demanded) implements ConnectOutcome {}

    /**
     * There is no connection.
     *
     * @param reason one word
     * @param detail what happened
     */
    record Failed(CloseReason reason, String detail) implements ConnectOutcome {}

    /**
     * How long the steps of a connection took, each from the beginning.
     *
     * @param tcp until the TCP connection
     * @param noise until the handshake was done
     * @param setup until SetupConnection.Success
     * @param total until the connection was handed out, with extensions and all attempts
     */
    record Timings(Duration tcp, Duration noise, Duration setup, Duration total) {}
}
