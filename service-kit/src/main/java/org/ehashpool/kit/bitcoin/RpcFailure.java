package org.ehashpool.kit.bitcoin;

/** Why a call to the node gave no result. */
public sealed interface RpcFailure {

    /** In words, for an operator; no secret. */
    String words();

    /**
     * Nothing listens there, or the connection broke.
     *
     * @param detail what the system said
     */
    record Unreachable(String detail) implements RpcFailure {
        @Override
        public String words() {
            return "the node cannot be reached: " + detail;
        }
    }

    /**
     * No complete answer in time; the node may still have done what it was asked.
     *
     * @param millis how long was waited
     */
    record TimedOut(long millis) implements RpcFailure {
        @Override
        public String words() {
            return "the node did not answer within " + millis + " ms";
        }
    }

    /**
     * The node does not accept our credentials, or there are none to show.
     *
     * @param detail what is wrong
     */
    record Unauthorized(String detail) implements RpcFailure {
        @Override
        public String words() {
            return "the node refuses our credentials: " + detail;
        }
    }

    /**
     * The node's own error.
     *
     * @param code as Bitcoin Core numbers them
     * @param message in the node's words
     */
    record Refused(int code, String message) implements RpcFailure {
        /** The method does not exist. */
        public static final int METHOD_NOT_FOUND = -32601;
        /** Not connected to any peer. */
        public static final int NOT_CONNECTED = -9;
        /** Still downloading the chain. */
        public static final int INITIAL_DOWNLOAD = -10;
        /** Still starting. */
        public static final int WARMING_UP = -28;

        @Override
        public String words() {
            return "the node refused with error " + code + ": " + message;
        }
    }

    /**
     * The answer is not what it should be.
     *
     * @param detail what is wrong
     */
    record Malformed(String detail) implements RpcFailure {
        @Override
        public String words() {
            return "the node's answer makes no sense: " + detail;
        }
    }

    /**
     * The answer is longer than was allowed.
     *
     * @param limit bytes
     */
    record TooLarge(long limit) implements RpcFailure {
        @Override
        public String words() {
            return "the node's answer is larger than " + limit + " bytes";
        }
    }
}
