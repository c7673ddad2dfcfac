package org.ehashpool.sv2.message;

import java.util.Optional;
import org.ehashpool.sv2.type.Text;

/** Why a pool refuses a mint: the codes of {@link MintQuote.MintIdentifyError}, each with words for the mint's operator. */
public enum MintIdentifyErrorCode {
    /** The key is none of those that the pool pins. */
    UNKNOWN_MINT_KEY("unknown-mint-key", "the pool does not know this mint's key"),
    /** The signature is not the key's, or of another connection. */
    INVALID_SIGNATURE("invalid-signature", "the signature is not this key's for this connection"),
    /** The pool orders quotes in a unit that the mint does not issue. */
    UNIT_NOT_ISSUED("unit-not-issued", "the pool orders quotes in a unit that the mint does not issue"),
    /** The URL is empty, or no text: wallets would not find the mint. */
    INVALID_MINT_URL("invalid-mint-url", "wallets could not find the mint at this URL"),
    /** The window is 0. */
    INVALID_WINDOW("invalid-window", "a window of 0 takes no request");

    private final String code;
    private final String words;

    MintIdentifyErrorCode(String code, String words) {
        this.code = code;
        this.words = words;
    }

    /** The code on the wire. */
    public Text code() {
        return Text.of(code);
    }

    /** The code and what it means, for logs. */
    public String words() {
        return code + ": " + words;
    }

    /** The error message with this code. */
    public MintQuote.MintIdentifyError toMessage() {
        return new MintQuote.MintIdentifyError(code());
    }

    /** The code on the wire as one of these, if it is. */
    public static Optional<MintIdentifyErrorCode> of(Text code) {
        for (MintIdentifyErrorCode known : values()) {
            if (known.code().equals(code)) {
                return Optional.of(known);
            }
        }
        return Optional.empty();
    }
}
