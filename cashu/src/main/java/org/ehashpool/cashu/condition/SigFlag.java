package org.ehashpool.cashu.condition;

/** What signatures cover. */
public enum SigFlag {
    /** The secret of the input that carries them. */
    SIG_INPUTS,
    /** All inputs and outputs; the first input carries them. */
    SIG_ALL
}
