package org.ehashpool.cli.management;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.ehashpool.kit.config.Secret;
import org.ehashpool.kit.config.SecretFile;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** Which service a command is for, and the right to give it. */
public final class ManagementAccess {
    private ManagementAccess() {}

    /**
     * How a command line calls what it takes, for messages.
     *
     * @param url the option with the address
     * @param tokenFile the option with the file
     */
    public record Options(String url, String tokenFile) {
        /** Of commands for one service. */
        public static final Options USUAL = new Options("--url", "--token-file");
    }

    /**
     * The service's port.
     *
     * @param variable of the environment, with the token, if there is no file
     * @param options how the command line calls the url and the file, for messages
     * @throws ParameterException in words for the operator
     */
    public static ManagementPort connect(
            CommandLine command,
            String service,
            URI url,
            Optional<Path> tokenFile,
            String variable,
            Map<String, String> environment,
            Options options) {
        String scheme = String.valueOf(url.getScheme());
        if (!scheme.equals("http") && !scheme.equals("https")) {
            throw new ParameterException(command, options.url() + ": an address as http://127.0.0.1:9108");
        }
        return new ManagementPort(service, url, token(command, tokenFile, variable, environment, options.tokenFile()));
    }

    private static Secret token(
            CommandLine command,
            Optional<Path> tokenFile,
            String variable,
            Map<String, String> environment,
            String option) {
        if (tokenFile.isPresent()) {
            try {
                return SecretFile.read(tokenFile.get());
            } catch (IllegalArgumentException e) {
                throw new ParameterException(command, option + ": " + e.getMessage() + " is expected", e);
            }
        }
        String token = environment.getOrDefault(variable, "");
        if (token.isBlank()) {
            throw new ParameterException(command, "give " + option + ", or " + variable);
        }
        return Secret.of(token.strip());
    }
}
