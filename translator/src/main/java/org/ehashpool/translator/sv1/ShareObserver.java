package org.ehashpool.translator.sv1;

/** Is told what became of shares, for figures of all connections. */
public interface ShareObserver {
    /** The pool accepted one. */
    void accepted();

    /** One does not count. */
    void refused(Sv1Error error);

    /** It is not known what became of one. */
    void unconfirmed();
}
