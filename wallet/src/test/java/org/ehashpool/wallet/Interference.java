package org.ehashpool.wallet;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
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
import org.ehashpool.wallet.mint.MintApi;
import org.ehashpool.wallet.mint.MintInfo;
import org.ehashpool.wallet.mint.MintRefusedException;
import org.ehashpool.wallet.mint.MintUnavailableException;

/** Stands between a wallet and a mint, and spoils what is signed: requests that never arrive, answers that get lost. */
final class Interference implements MintApi {

    /** What happens to one request for signatures. */
    enum Fate {
        REQUEST_LOST,
        ANSWER_LOST,
        /** The wallet is told that nothing will happen, and then it does. */
        CARRIED_OUT_LATE
    }

    private final MintApi mint;
    private final Queue<Fate> fates = new ArrayDeque<>();
    private final List<Supplier<List<BlindSignature>>> late = new ArrayList<>();
    boolean lateBeforeTheNext;
    UnaryOperator<List<BlindSignature>> signatures = UnaryOperator.identity();
    UnaryOperator<LookupAnswer> lookups = UnaryOperator.identity();
    boolean ignoresCursors;
    int batches;
    int singles;

    Interference(MintApi mint) {
        this.mint = mint;
    }

    void next(Fate... coming) {
        fates.addAll(List.of(coming));
    }

    void carryOutLate() {
        List<Supplier<List<BlindSignature>>> coming = List.copyOf(late);
        late.clear();
        for (Supplier<List<BlindSignature>> request : coming) {
            if (request.get().isEmpty()) {
                throw new AssertionError("a late request was not carried out");
            }
        }
    }

    private List<BlindSignature> spoil(Supplier<List<BlindSignature>> request) {
        if (lateBeforeTheNext) {
            carryOutLate();
        }
        Fate fate = fates.poll();
        if (fate == Fate.REQUEST_LOST) {
            throw new MintUnavailableException("the request is lost");
        }
        if (fate == Fate.CARRIED_OUT_LATE) {
            late.add(request);
            throw new MintRefusedException(0, "not now");
        }
        List<BlindSignature> answer = request.get();
        if (fate == Fate.ANSWER_LOST) {
            throw new MintUnavailableException("the answer is lost");
        }
        return signatures.apply(answer);
    }

    @Override
    public MintInfo info() {
        return mint.info();
    }

    @Override
    public List<KeysetEntry> keysets() {
        return mint.keysets();
    }

    @Override
    public Keyset keyset(KeysetId id) {
        return mint.keyset(id);
    }

    @Override
    public LookupAnswer lookup(LookupRequest request) {
        LookupRequest asked = ignoresCursors
                ? new LookupRequest(
                        request.pubkeys(),
                        request.signatures(),
                        request.timestamp(),
                        request.onlyMintable(),
                        request.limit(),
                        Optional.empty())
                : request;
        return lookups.apply(mint.lookup(asked));
    }

    @Override
    public List<BlindSignature> mint(MintRequest request) {
        singles++;
        return spoil(() -> mint.mint(request));
    }

    @Override
    public List<BlindSignature> mintBatch(BatchMintRequest request) {
        batches++;
        return spoil(() -> mint.mintBatch(request));
    }

    @Override
    public List<BlindSignature> swap(List<Proof> inputs, List<BlindedMessage> outputs) {
        return spoil(() -> mint.swap(inputs, outputs));
    }

    @Override
    public RestoreAnswer restore(List<BlindedMessage> outputs) {
        return mint.restore(outputs);
    }

    @Override
    public List<SpentState> states(List<PublicKey> ys) {
        return mint.states(ys);
    }
}
