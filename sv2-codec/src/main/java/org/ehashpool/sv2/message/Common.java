package org.ehashpool.sv2.message;

import org.ehashpool.sv2.type.Str0_255;
import org.ehashpool.sv2.type.Text;
import org.ehashpool.sv2.type.U16;
import org.ehashpool.sv2.type.U32;
import org.ehashpool.sv2.type.U8;

/**
 * The messages that all sub-protocols share. Their {@code extension_type} is 0 on every connection.
 *
 * @see <a
 *     href="https://github.com/stratum-mining/sv2-spec/blob/main/03-Protocol-Overview.md#36-common-protocol-messages">
 *     Common protocol messages, section 3.6</a>
 */
public sealed interface Common extends Message {
    /** From the side that dialled. */
    sealed interface FromClient extends Common, Message.FromClient {}

    /** From the side that listens. */
    sealed interface FromServer extends Common, Message.FromServer {}

    /** The answer to {@link SetupConnection}: "Server MUST respond with either". */
    sealed interface SetupReply extends FromServer {}

    /**
     * Section 3.6.1: "This MUST be the first message sent by the client on the newly opened connection."
     *
     * @param protocol see {@link Protocol}
     * @param minVersion the lowest version the client supports; currently 2
     * @param maxVersion the highest version the client supports; currently 2
     * @param flags features wanted; their meaning is the sub-protocol's
     * @param endpointHost host name or address that was dialled
     * @param endpointPort port that was dialled
     * @param vendor the device's maker
     * @param hardwareVersion the device's model
     * @param firmware the device's firmware
     * @param deviceId the device's identity; empty if the client gives no telemetry
     */
    @MessageType(0x00)
    record SetupConnection(
            @U8 int protocol,
            @U16 int minVersion,
            @U16 int maxVersion,
            @U32 long flags,
            @Str0_255 Text endpointHost,
            @U16 int endpointPort,
            @Str0_255 Text vendor,
            @Str0_255 Text hardwareVersion,
            @Str0_255 Text firmware,
            @Str0_255 Text deviceId)
            implements FromClient {}

    /**
     * Section 3.6.2.
     *
     * @param usedVersion the version of the connection for the rest of its life
     * @param flags features of the server; their meaning is the sub-protocol's
     */
    @MessageType(value = 0x01, name = "SetupConnection.Success")
    record SetupConnectionSuccess(@U16 int usedVersion, @U32 long flags) implements SetupReply {}

    /**
     * Section 3.6.3; the server closes the connection after it.
     *
     * @param flags all flags that the server does not support; 0 if the reason is another
     * @param errorCode for instance {@code unsupported-protocol}
     */
    @MessageType(value = 0x02, name = "SetupConnection.Error")
    record SetupConnectionError(@U32 long flags, @Str0_255 Text errorCode) implements SetupReply {}

    /**
     * Section 3.6.4: "any extension state (including version negotiation and the presence of support for a given
     * extension) MUST be reset". The section's title says Server to Client, its text "When a channel's upstream or
     * downstream endpoint changes": a proxy whose downstream changed has only this message to tell its upstream, so it
     * is taken from both sides.
     *
     * @param channelId the channel whose endpoint changed
     */
    @MessageType(value = 0x03, channel = true)
    record ChannelEndpointChanged(@U32 long channelId) implements FromClient, FromServer {}

    /**
     * Section 3.6.5.
     *
     * @param newHost where to go; empty for the present host
     * @param newPort where to go; 0 for the present port
     */
    @MessageType(0x04)
    record Reconnect(@Str0_255 Text newHost, @U16 int newPort) implements FromServer {}
}
