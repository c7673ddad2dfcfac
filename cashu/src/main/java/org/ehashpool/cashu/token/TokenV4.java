package org.ehashpool.cashu.token;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ehashpool.cashu.amount.Amount;
import org.ehashpool.cashu.blind.Dleq;
import org.ehashpool.cashu.keyset.KeysetId;
import org.ehashpool.cashu.keyset.ShortKeysetId;
import org.ehashpool.cashu.point.PublicKey;
import org.ehashpool.cashu.point.SecretKey;
import org.ehashpool.cashu.proof.ProofDleq;
import org.jspecify.annotations.Nullable;

/** Version 4: CBOR {@code {m, u, d?, t: [{i, p: [{a, s, c, d?: {e, s, r}, w?}]}]}}. */
final class TokenV4 {
    /** Both members, the shortest id, no proofs. */
    private static final int LEAST_GROUP = 14;

    /** Its three members, the point 33 bytes. */
    private static final int LEAST_PROOF = 43;

    private TokenV4() {}

    static Token read(byte[] cbor) {
        CborReader in = new CborReader(cbor);
        Fields fields = new Fields();
        in.map(fields.members(in));
        in.end();
        return fields.token();
    }

    private static <T> T required(@Nullable T value, String name) {
        if (value == null) {
            throw new MalformedTokenException(name + " is missing");
        }
        return value;
    }

    /** The members of a token, in whatever order they come. */
    private static final class Fields {
        private @Nullable String mint;
        private @Nullable String unit;
        private @Nullable String memo;
        private @Nullable List<TokenProof> proofs;

        CborReader.Members members(CborReader in) {
            return name -> {
                switch (name) {
                    case "m" -> mint = in.text();
                    case "u" -> unit = in.text();
                    case "d" -> memo = in.nothing() ? null : in.text();
                    case "t" -> {
                        List<TokenProof> all = new ArrayList<>();
                        for (int rest = in.array(LEAST_GROUP); rest > 0; rest--) {
                            group(in, all);
                        }
                        proofs = all;
                    }
                    default -> {
                        return false;
                    }
                }
                return true;
            };
        }

        Token token() {
            return new Token(
                    List.of(new Token.Part(required(mint, "m"), required(proofs, "t"))),
                    Optional.of(required(unit, "u")),
                    Optional.ofNullable(memo));
        }
    }

    /** Proofs of one keyset; its id may come after them. */
    private static void group(CborReader in, List<TokenProof> all) {
        byte @Nullable [][] id = new byte[1][];
        List<ProofFields> proofs = new ArrayList<>();
        boolean[] seen = new boolean[1];
        in.map(name -> {
            switch (name) {
                case "i" -> id[0] = in.bytes();
                case "p" -> {
                    seen[0] = true;
                    for (int rest = in.array(LEAST_PROOF); rest > 0; rest--) {
                        ProofFields proof = new ProofFields();
                        in.map(proof.members(in));
                        proofs.add(proof);
                    }
                }
                default -> {
                    return false;
                }
            }
            return true;
        });
        if (!seen[0]) {
            throw new MalformedTokenException("p is missing");
        }
        byte[] bytes = required(id[0], "i");
        try {
            Optional<KeysetId> full = bytes.length == ShortKeysetId.LENGTH && bytes[0] != 0
                    ? Optional.empty()
                    : Optional.of(KeysetId.of(bytes));
            ShortKeysetId shortened = full.map(ShortKeysetId::of).orElseGet(() -> ShortKeysetId.of(bytes));
            proofs.forEach(proof -> all.add(proof.proof(shortened, full)));
        } catch (IllegalArgumentException e) {
            throw new MalformedTokenException("i is no keyset id");
        }
    }

    private static final class ProofFields {
        private @Nullable Amount amount;
        private @Nullable String secret;
        private @Nullable PublicKey point;
        private @Nullable String witness;
        private @Nullable ProofDleq dleq;

        CborReader.Members members(CborReader in) {
            return name -> {
                switch (name) {
                    case "a" -> amount = Amount.of(in.unsigned());
                    case "s" -> secret = in.text();
                    case "c" -> point = point(in.bytes());
                    case "d" -> dleq = in.nothing() ? null : dleq(in);
                    case "w" -> witness = in.nothing() ? null : in.text();
                    default -> {
                        return false;
                    }
                }
                return true;
            };
        }

        private static PublicKey point(byte[] bytes) {
            try {
                return PublicKey.of(bytes);
            } catch (IllegalArgumentException e) {
                throw new MalformedTokenException("c is no compressed point");
            }
        }

        private static ProofDleq dleq(CborReader in) {
            Map<String, byte[]> numbers = new LinkedHashMap<>();
            in.map(name -> {
                if (!List.of("e", "s", "r").contains(name)) {
                    return false;
                }
                numbers.put(name, CborReader.exactly(in.bytes(), SecretKey.LENGTH));
                return true;
            });
            try {
                return new ProofDleq(
                        new Dleq(required(numbers.get("e"), "e"), required(numbers.get("s"), "s")),
                        SecretKey.of(required(numbers.get("r"), "r")));
            } catch (IllegalArgumentException e) {
                throw new MalformedTokenException("r is no scalar");
            }
        }

        TokenProof proof(ShortKeysetId shortened, Optional<KeysetId> full) {
            return new TokenProof(
                    required(amount, "a"),
                    shortened,
                    full,
                    required(secret, "s"),
                    required(point, "c"),
                    Optional.ofNullable(witness),
                    Optional.ofNullable(dleq));
        }
    }

    static byte[] write(Token token, boolean shortIds) {
        if (token.parts().size() != 1 || token.unit().isEmpty()) {
            throw new IllegalArgumentException("a token of version 4 has one mint and a unit");
        }
        Token.Part part = token.parts().getFirst();
        Map<List<Byte>, List<TokenProof>> groups = new LinkedHashMap<>();
        CborWriter out = new CborWriter();
        out.map(token.memo().isPresent() ? 4 : 3).text("m").text(part.mint());
        out.text("u").text(token.unit().get());
        token.memo().ifPresent(memo -> out.text("d").text(memo));
        for (TokenProof proof : part.proofs()) {
            groups.computeIfAbsent(key(id(proof, shortIds)), id -> new ArrayList<>())
                    .add(proof);
        }
        out.text("t").array(groups.size());
        for (List<TokenProof> group : groups.values()) {
            out.map(2).text("i").bytes(id(group.getFirst(), shortIds));
            out.text("p").array(group.size());
            group.forEach(proof -> write(out, proof));
        }
        return out.toBytes();
    }

    private static byte[] id(TokenProof proof, boolean shortIds) {
        return shortIds || proof.fullKeyset().isEmpty()
                ? proof.keyset().toBytes()
                : proof.fullKeyset().get().toBytes();
    }

    private static List<Byte> key(byte[] bytes) {
        List<Byte> key = new ArrayList<>(bytes.length);
        for (byte each : bytes) {
            key.add(each);
        }
        return key;
    }

    private static void write(CborWriter out, TokenProof proof) {
        int members = 3 + (proof.dleq().isPresent() ? 1 : 0) + (proof.witness().isPresent() ? 1 : 0);
        out.map(members).text("a").unsigned(proof.amount().toLong());
        out.text("s").text(proof.secret()).text("c").bytes(proof.point().toBytes());
        proof.dleq().ifPresent(dleq -> {
            out.text("d").map(3).text("e").bytes(dleq.dleq().e());
            out.text("s").bytes(dleq.dleq().s()).text("r");
            dleq.blindingFactor().apply(out::bytes);
        });
        proof.witness().ifPresent(witness -> out.text("w").text(witness));
    }
}
