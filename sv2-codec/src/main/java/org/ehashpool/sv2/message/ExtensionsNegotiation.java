package org.ehashpool.sv2.message;

import java.util.List;
import org.ehashpool.sv2.type.Seq0_64K;
import org.ehashpool.sv2.type.U16;

/**
 * Extension 0x0001, extensions negotiation.
 *
 * @see <a
 *     href="https://github.com/stratum-mining/sv2-spec/blob/main/extensions/0x0001-extensions-negotiation.md">Extension
 *     0x0001</a>
 */
public sealed interface ExtensionsNegotiation extends Message {
    /** Its {@code extension_type}. */
    int EXTENSION = 0x0001;

    /** From the side that dialled. */
    sealed interface FromClient extends ExtensionsNegotiation, Message.FromClient {}

    /** From the side that listens. */
    sealed interface FromServer extends ExtensionsNegotiation, Message.FromServer {}

    /**
     * Extension 0x0001, section 2.
     *
     * @param requestId pairs the answer
     * @param requestedExtensions the extensions wanted
     */
    @MessageType(value = 0x00, extension = EXTENSION)
    record RequestExtensions(@U16 int requestId, @Seq0_64K List<@U16 Integer> requestedExtensions)
            implements FromClient {
        public RequestExtensions {
            requestedExtensions = List.copyOf(requestedExtensions);
        }
    }

    /**
     * Extension 0x0001, section 2.
     *
     * @param requestId of the request
     * @param supportedExtensions those of the requested that the server supports
     */
    @MessageType(value = 0x01, name = "RequestExtensions.Success", extension = EXTENSION)
    record RequestExtensionsSuccess(
            @U16 int requestId, @Seq0_64K List<@U16 Integer> supportedExtensions) implements FromServer {
        public RequestExtensionsSuccess {
            supportedExtensions = List.copyOf(supportedExtensions);
        }
    }

    /**
     * Extension 0x0001, section 2.
     *
     * @param requestId of the request
     * @param unsupportedExtensions those of the requested that the server does not support
     * @param requiredExtensions those that the server requires and that were not requested
     */
    @MessageType(value = 0x02, name = "RequestExtensions.Error", extension = EXTENSION)
    record RequestExtensionsError(
            @U16 int requestId,
            @Seq0_64K List<@U16 Integer> unsupportedExtensions,
            @Seq0_64K List<@U16 Integer> requiredExtensions)
            implements FromServer {
        public RequestExtensionsError {
            unsupportedExtensions = List.copyOf(unsupportedExtensions);
            requiredExtensions = List.copyOf(requiredExtensions);
        }
    }
}
