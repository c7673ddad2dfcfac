package org.ehashpool.sv2.message;

import java.util.Optional;
import org.ehashpool.sv2.type.Text;
import org.ehashpool.sv2.type.U256;

/** Why a mint makes no quote: the codes of {@link MintQuote.MintQuoteError} and whether to ask again. */
public enum MintQuoteErrorCode {
    /** The share hash has a quote with another amount, unit or key: an alarm on both sides. */
    CONFLICT("conflict", false),
    /** The mint does not issue that unit. */
    UNKNOWN_UNIT("unknown-unit", false),
    /** The amount is 0. */
    INVALID_AMOUNT("invalid-amount", false),
    /** The locking key is no point of the curve. */
    INVALID_LOCKING_KEY("invalid-locking-key", false),
    /** More requests are unanswered than the mint's window allows. */
    WINDOW_EXCEEDED("window-exceeded", true),
    /** The mint's database does not answer. */
    STORAGE_UNAVAILABLE("storage-unavailable", true),
    /** The mint's operator has stopped the making of quotes. */
    QUOTING_STOPPED("quoting-stopped", true),
    /** More than the mint's operator allows would be owed. */
    LIMIT_REACHED("limit-reached", true),
    /** The mint writes nothing until its operator has judged what a restore has lost. */
    READ_ONLY("read-only", true),
    /** The mint is going away. */
    SHUTTING_DOWN("shutting-down", true);

    private final String code;
    private final boolean retryable;

    MintQuoteErrorCode(String code, boolean retryable) {
        this.code = code;
        this.retryable = retryable;
    }

    /** The code on the wire. */
    public Text code() {
        return Text.of(code);
    }

    /** Whether the same request may succeed later. */
    public boolean retryable() {
        return retryable;
    }

    /** The error message with this code. */
    public MintQuote.MintQuoteError toMessage(long requestId, U256 shareHash) {
        return new MintQuote.MintQuoteError(requestId, shareHash, code(), retryable);
    }

    /** The code on the wire as one of these, if it is. */
    public static Optional<MintQuoteErrorCode> of(Text code) {
        for (MintQuoteErrorCode known : values()) {
            if (known.code().equals(code)) {
                return Optional.of(known);
            }
        }
        return Optional.empty();
    }
}
