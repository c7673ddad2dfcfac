package org.ehashpool.kit.bitcoin;

/** A call that gave no result. Has no stack: it describes the node, not our code. */
public final class RpcException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient RpcFailure failure;

    /** With the reason. */
    public RpcException(RpcFailure failure) {
        super(failure.words(), null, false, false);
        this.failure = failure;
    }

    /** The reason. */
    public RpcFailure failure() {
        return failure;
    }

    /** The reason of any failed call: one that is no {@code RpcException} is a bug, described as a malformed answer. */
    public static RpcFailure failureOf(Throwable cause) {
        return cause instanceof RpcException known ? known.failure : new RpcFailure.Malformed(String.valueOf(cause));
    }
}
