package org.ehashpool.wallet.mint;

import java.util.List;
import org.ehashpool.cashu.blind.BlindSignature;
import org.ehashpool.cashu.blind.BlindedMessage;
import org.ehashpool.cashu.json.KeyMessages.KeysetEntry;
import org.ehashpool.cashu.json.QuoteMessages.BatchMintRequest;
import org.ehashpool.cashu.json.QuoteMessages.LookupAnswer;
import org.ehashpool.cashu.json.QuoteMessages.LookupRequest;
import org.ehashpool.cashu.json.QuoteMessages.MintRequest;
import org.ehashpool.cashu.json.StateMessages.SpentState;
import org.ehashpool.cashu.json.SwapMessages.RestoreAnswer;
import org.ehashpool.cashu.keyset.Keyset;
import org.ehashpool.cashu.keyset.KeysetId;
import org.ehashpool.cashu.point.PublicKey;
import org.ehashpool.cashu.proof.Proof;

/** What a mint can be asked. Every method waits for the answer, and throws a {@link MintException} for want of one. */
public interface MintApi {

    /** NUT-06, as much of it as the wallet needs. */
    MintInfo info();

    /** NUT-02: all keysets that the mint has or had. */
    List<KeysetEntry> keysets();

    /** NUT-01: a keyset with its keys, which its id was checked against. */
    Keyset keyset(KeysetId id);

    /** NUT-XX: a page of a key's quotes. */
    LookupAnswer lookup(LookupRequest request);

    /** NUT-04. As many signatures as outputs, in their order. */
    List<BlindSignature> mint(MintRequest request);

    /** NUT-29. As many signatures as outputs, in their order. */
    List<BlindSignature> mintBatch(BatchMintRequest request);

    /** NUT-03. As many signatures as outputs, in their order. */
    List<BlindSignature> swap(List<Proof> inputs, List<BlindedMessage> outputs);

    /** NUT-09: those of the outputs that were signed. */
    RestoreAnswer restore(List<BlindedMessage> outputs);

    /** NUT-07: as many states as Ys, in their order. */
    List<SpentState> states(List<PublicKey> ys);
}
