package org.ehashpool.wallet.mint;

/** No answer, or none that says what happened: the request may have been carried out. */
public final class MintUnavailableException extends MintException {

    private static final long serialVersionUID = 1L;

    public MintUnavailableException(String problem) {
        super(problem);
    }
}
