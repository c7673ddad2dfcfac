package org.ehashpool.wallet.mint;

import java.util.Optional;
import org.ehashpool.cashu.error.ErrorCode;

/** A mint answered that it will not: nothing has happened there. */
public final class MintRefusedException extends MintException {

    private static final long serialVersionUID = 1L;

    private final int code;

    /**
     * A refusal.
     *
     * @param code of the mint's error, whatever it is
     * @param detail the mint's words
     */
    public MintRefusedException(int code, String detail) {
        super("the mint refuses (" + code + "): " + detail);
        this.code = code;
    }

    /** Of the table; empty of what it does not have. */
    public Optional<ErrorCode> code() {
        return ErrorCode.of(code);
    }

    public boolean is(ErrorCode expected) {
        return code().filter(expected::equals).isPresent();
    }
}
