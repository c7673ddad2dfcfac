package org.ehashpool.mint.pool;

import org.ehashpool.sv2.message.MintIdentifyErrorCode;
import org.ehashpool.sv2.message.MintQuote.MintIdentifyError;

/** Refusals of pools in words. */
final class MintIdentifyErrors {
    private MintIdentifyErrors() {}

    /** The code with its meaning, or, if it is none that is known, as the pool wrote it. */
    static String words(MintIdentifyError error) {
        return MintIdentifyErrorCode.of(error.errorCode())
                .map(MintIdentifyErrorCode::words)
                .orElseGet(() -> error.errorCode().printable());
    }
}
