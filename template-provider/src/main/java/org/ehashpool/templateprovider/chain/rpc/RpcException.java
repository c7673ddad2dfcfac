package org.ehashpool.templateprovider.chain.rpc;

/** A call that cannot be answered as asked. Carries no stack trace: it describes the call. */
final class RpcException extends Exception {
    private static final long serialVersionUID = 1L;

    /** Bitcoin Core's error codes ({@code rpc/protocol.h}). */
    enum Code {
        INVALID_REQUEST(-32_600),
        METHOD_NOT_FOUND(-32_601),
        PARSE_ERROR(-32_700),
        INTERNAL(-32_603),
        MISC(-1),
        TYPE(-3),
        NOT_FOUND(-5),
        INVALID_PARAMETER(-8),
        DATABASE(-20),
        DESERIALIZATION(-22),
        VERIFY(-25),
        VERIFY_REJECTED(-26),
        ALREADY_IN_UTXO_SET(-27);

        private final int number;

        Code(int number) {
            this.number = number;
        }

        int number() {
            return number;
        }
    }

    private final Code code;
    private final String text;

    RpcException(Code code, String text) {
        super(text, null, false, false);
        this.code = code;
        this.text = text;
    }

    Code code() {
        return code;
    }

    String text() {
        return text;
    }
}
