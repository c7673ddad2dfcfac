package org.ehashpool.wallet.mint;

/** An answer that no honest mint gives: of another shape, of other keys, or with signatures that prove nothing. */
public final class MintFaultException extends MintException {

    private static final long serialVersionUID = 1L;

    public MintFaultException(String problem) {
        super(problem);
    }
}
