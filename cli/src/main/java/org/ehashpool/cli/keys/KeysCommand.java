package org.ehashpool.cli.keys;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Optional;
import org.ehashpool.kit.config.HostPort;
import org.ehashpool.kit.keys.AuthorityKeyFile;
import org.ehashpool.noise.certificate.AuthorityKeyPair;
import org.ehashpool.noise.certificate.Sv2Url;
import org.ehashpool.noise.curve.CurveSelection;
import org.ehashpool.noise.curve.Secp256k1;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Makes authority keys, and prints the address that miners are given. The secret goes to a file, never to a terminal. */
@Command(
        name = "keys",
        description = "Authority keys and the SV2 addresses that pin them.",
        mixinStandardHelpOptions = true)
public final class KeysCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before it runs anything.
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "keys needs one of: new, show");
    }

    @Command(
            name = "new",
            description = "Make an authority key; its secret goes to a new file that only you may read.",
            mixinStandardHelpOptions = true)
    int create(
            @Option(names = "--out", required = true, paramLabel = "FILE", description = "Must not exist yet.")
                    Path file,
            @Option(names = "--address", paramLabel = "HOST:PORT", description = "Print the address for miners too.")
                    Optional<String> address)
            throws IOException {
        SecureRandom random = new SecureRandom();
        Secp256k1 curve = CurveSelection.select(random).curve();
        try (AuthorityKeyPair authority = AuthorityKeyFile.create(file, curve, random)) {
            print("secret key: " + file.toAbsolutePath() + " (readable by its owner only; back it up)");
            describe(authority, address);
        } catch (FileAlreadyExistsException e) {
            throw new IllegalStateException(file + " exists; a secret key is never overwritten", e);
        }
        return 0;
    }

    @Command(
            name = "show",
            description = "Print the public key that belongs to a secret key.",
            mixinStandardHelpOptions = true)
    int show(
            @Option(names = "--secret", required = true, paramLabel = "FILE", description = "The secret key's file.")
                    Path file,
            @Option(names = "--address", paramLabel = "HOST:PORT", description = "Print the address for miners too.")
                    Optional<String> address) {
        Secp256k1 curve = CurveSelection.select(new SecureRandom()).curve();
        try (AuthorityKeyPair authority = AuthorityKeyFile.load(file, curve)) {
            describe(authority, address);
        }
        return 0;
    }

    private void describe(AuthorityKeyPair authority, Optional<String> address) {
        print("public key: " + authority.publicKey());
        address.ifPresent(text -> {
            HostPort hostPort = HostPort.parse(text);
            print("address:    " + new Sv2Url(hostPort.host(), hostPort.port(), authority.publicKey()));
        });
    }

    private void print(String line) {
        spec.commandLine().getOut().println(line);
    }
}
