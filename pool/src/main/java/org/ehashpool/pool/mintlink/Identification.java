package org.ehashpool.pool.mintlink;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.ehashpool.sv2.message.MintIdentifyErrorCode;
import org.ehashpool.sv2.message.MintQuote.MintIdentify;
import org.ehashpool.sv2.type.Bytes;
import org.ehashpool.sv2.type.Text;

/** Judges whether somebody is a mint that the pool pins. Immutable. */
final class Identification {

    private final Map<Bytes, PinnedMint> pinned;

    Identification(List<PinnedMint> mints) {
        pinned = mints.stream().collect(Collectors.toUnmodifiableMap(PinnedMint::key, Function.identity()));
    }

    /** Who it is, or why not. */
    sealed interface Verdict {
        record Known(IdentifiedMint mint) implements Verdict {}

        record Refused(MintIdentifyErrorCode code) implements Verdict {}
    }

    boolean knows(Bytes key) {
        return pinned.containsKey(key);
    }

    Optional<PinnedMint> of(Bytes key) {
        return Optional.ofNullable(pinned.get(key));
    }

    /**
     * The verdict; computes on the curve only for a key that is pinned.
     *
     * @param handshakeHash of the connection that the message came on
     */
    Verdict judge(MintIdentify introduction, Bytes handshakeHash) {
        PinnedMint mint = pinned.get(introduction.publicKey());
        if (mint == null) {
            return new Verdict.Refused(MintIdentifyErrorCode.UNKNOWN_MINT_KEY);
        }
        if (!mint.hasSigned(introduction.signedHash(handshakeHash), introduction.signature())) {
            return new Verdict.Refused(MintIdentifyErrorCode.INVALID_SIGNATURE);
        }
        if (introduction.window() == 0) {
            return new Verdict.Refused(MintIdentifyErrorCode.INVALID_WINDOW);
        }
        for (String unit : mint.units()) {
            if (!introduction.units().contains(Text.of(unit))) {
                return new Verdict.Refused(MintIdentifyErrorCode.UNIT_NOT_ISSUED);
            }
        }
        return url(introduction.mintUrl())
                .<Verdict>map(said ->
                        new Verdict.Known(new IdentifiedMint(mint, mint.url().orElse(said), introduction.window())))
                .orElseGet(() -> new Verdict.Refused(MintIdentifyErrorCode.INVALID_MINT_URL));
    }

    /** Text that logs, tables and wallets can take as it is. */
    private static Optional<String> url(Text text) {
        try {
            String url = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(text.bytes().toByteArray()))
                    .toString();
            return url.isEmpty() || !url.equals(text.printable()) ? Optional.empty() : Optional.of(url);
        } catch (CharacterCodingException notUtf8) {
            return Optional.empty();
        }
    }
}
