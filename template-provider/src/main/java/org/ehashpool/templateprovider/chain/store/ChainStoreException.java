package org.ehashpool.templateprovider.chain.store;

import java.io.IOException;

/** The directory cannot be used as it is; the message tells an operator what to do. */
public final class ChainStoreException extends IOException {
    private static final long serialVersionUID = 1L;

    /** With what to do. */
    public ChainStoreException(String message) {
        super(message);
    }
}
