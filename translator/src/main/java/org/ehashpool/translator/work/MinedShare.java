package org.ehashpool.translator.work;

import org.ehashpool.sv2.type.Bytes;
import org.ehashpool.sv2.type.U32;

/**
 * A share as a miner submitted it; nothing in it has been judged but its form.
 *
 * @param who an identity that was authorised
 * @param work what it was found for
 * @param extranonce2 as rolled, of the size of the {@link ExtranonceSpace}
 * @param time of the header
 * @param nonce of the header
 * @param version of the header, rolled bits included
 */
public record MinedShare(
        MinerIdentity who,
        Work work,
        Bytes extranonce2,
        @U32 long time,
        @U32 long nonce,
        @U32 long version) {}
