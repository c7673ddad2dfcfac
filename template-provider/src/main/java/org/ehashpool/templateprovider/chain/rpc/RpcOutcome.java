package org.ehashpool.templateprovider.chain.rpc;

/** What comes of a request's body. */
sealed interface RpcOutcome {

    /**
     * An answer.
     *
     * @param status of HTTP
     * @param body JSON, or nothing
     */
    @SuppressWarnings("ArrayRecordComponent") // made, sent once, never compared
    record Reply(int status, byte[] body) implements RpcOutcome {}

    /**
     * A template is wanted once there is a better one than that of this long poll id.
     *
     * @param request to be answered then
     */
    record Wait(String longPollId, RpcRequest request) implements RpcOutcome {}
}
