package org.ehashpool.noise;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.ehashpool.noise.certificate.AuthorityKeyPair;
import org.ehashpool.noise.certificate.CertificateVerifier;
import org.ehashpool.noise.curve.Curves;
import org.ehashpool.noise.curve.EllSwiftKeyPair;
import org.ehashpool.noise.curve.Secp256k1;
import org.ehashpool.noise.handshake.AwaitingAct2;
import org.ehashpool.noise.handshake.Established;
import org.ehashpool.noise.handshake.Initiator;
import org.ehashpool.noise.handshake.KeySource;
import org.ehashpool.noise.handshake.Responder;
import org.ehashpool.noise.handshake.ServerAuthentication;
import org.ehashpool.noise.handshake.ServerIdentity;
import org.ehashpool.noise.transport.CipherState;
import org.junit.jupiter.api.Test;

/** No public object that holds a secret shows it, directly or through a record that holds it. */
class SecretsInTextTest {
    private static final Secp256k1 CURVE = Curves.NATIVE;
    private static final byte[] SECRET = HexFormat.of().parseHex("1d".repeat(16) + "e7".repeat(16));

    private static EllSwiftKeyPair pair() {
        Secret secret = Secret.copyOf(SECRET);
        return EllSwiftKeyPair.of(CURVE, secret, CURVE.createEncoding(secret, new byte[32]));
    }

    private static List<Object> holders() throws Exception {
        AuthorityKeyPair authority = AuthorityKeyPair.of(CURVE, Secret.copyOf(SECRET));
        ServerIdentity issuing = ServerIdentity.issuing(CURVE, authority, pair(), 60, new SecureRandom());
        ServerIdentity fixed = ServerIdentity.fixed(pair(), issuing.certificateAt(0));
        Initiator initiator = new Initiator(
                CURVE,
                SecretsInTextTest::pair,
                new ServerAuthentication.Pinned(new CertificateVerifier(authority.publicKey(), 10, CURVE)));
        Responder responder = new Responder(CURVE, SecretsInTextTest::pair, fixed);
        AwaitingAct2 awaiting = initiator.start();
        Responder.Response response = responder.respond(awaiting.act1(), 0);
        return List.of(
                Secret.copyOf(SECRET),
                pair(),
                authority,
                issuing,
                fixed,
                initiator,
                responder,
                new Responder(CURVE, SecretsInTextTest::pair, issuing),
                awaiting,
                response,
                response.session(),
                awaiting.finish(response.act2(), 0),
                new CipherState(Secret.copyOf(SECRET)));
    }

    @Test
    void shouldNotAppearWhenAnyHolderIsPrinted() throws Exception {
        assertThat(holders())
                .allSatisfy(holder -> assertThat(shows(holder.toString()))
                        .as("%s: %s", holder.getClass(), holder)
                        .isFalse());
    }

    @Test
    void shouldBeFoundWhenItWerePrinted() {
        assertThat(shows(HexFormat.of().withUpperCase().formatHex(SECRET))).isTrue();
        assertThat(shows(Arrays.toString(SECRET))).isTrue();
        assertThat(shows(AuthorityKeyPair.of(CURVE, Secret.copyOf(SECRET)).exportSecret()))
                .isTrue();
    }

    /** In hexadecimal, as a list of bytes, or as base58check. */
    private static boolean shows(String text) {
        return text.toLowerCase(Locale.ROOT).contains("1d1d1d")
                || text.contains("29, 29, 29")
                || text.contains(
                        AuthorityKeyPair.of(CURVE, Secret.copyOf(SECRET)).exportSecret());
    }

    /** A new class that holds a secret and has a text of its own must be added to the holders above. */
    @Test
    void shouldBeCoveredAboveWhenAClassHoldsASecretAndHasItsOwnText() throws Exception {
        Set<Class<?>> covered = holders().stream().map(Object::getClass).collect(Collectors.toSet());

        assertThat(classesOfTheModule())
                .filteredOn(SecretsInTextTest::holdsASecret)
                .filteredOn(SecretsInTextTest::hasItsOwnText)
                .hasSizeGreaterThanOrEqualTo(6)
                .allSatisfy(type -> assertThat(covered).contains(type));
    }

    private static List<Class<?>> classesOfTheModule() throws Exception {
        Path root = Path.of(
                Secret.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        try (Stream<Path> files = Files.walk(root)) {
            List<Class<?>> types = new ArrayList<>();
            for (Path file : files.filter(path -> path.toString().endsWith(".class"))
                    .filter(path -> !path.endsWith("package-info.class"))
                    .toList()) {
                String name = root.relativize(file).toString().replace('/', '.');
                types.add(Class.forName(name.substring(0, name.length() - ".class".length())));
            }
            return types;
        }
    }

    private static boolean holdsASecret(Class<?> type) {
        Set<Class<?>> secrets = Set.of(
                Secret.class,
                EllSwiftKeyPair.class,
                AuthorityKeyPair.class,
                CipherState.class,
                Established.class,
                ServerIdentity.class,
                KeySource.class);
        return type == Secret.class
                || Arrays.stream(type.getDeclaredFields())
                        .filter(field -> !Modifier.isStatic(field.getModifiers()))
                        .anyMatch(field -> secrets.contains(field.getType()));
    }

    private static boolean hasItsOwnText(Class<?> type) {
        return Arrays.stream(type.getDeclaredMethods())
                .anyMatch(method -> method.getName().equals("toString") && method.getParameterCount() == 0);
    }
}
