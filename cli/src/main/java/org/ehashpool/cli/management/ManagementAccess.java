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
     * The service's port.
     *
     * @param variable of the environment, with the token, if there is no file
     * @throws ParameterException in words for the operator
     */
    public static ManagementPort connect(
            CommandLine command,
            String service,
            URI url,
            Optional<Path> tokenFile,
            String variable,
            Map<String, String> environment) {
        String scheme = String.valueOf(url.getScheme());
        if (!scheme.equals("http") && !scheme.equals("https")) {
            throw new ParameterException(command, "--url: an address as http://127.0.0.1:9108");
        }
        return new ManagementPort(service, url, token(command, tokenFile, variable, environment));
    }

    private static Secret token(
            CommandLine command, Optional<Path> tokenFile, String variable, Map<String, String> environment) {
        if (tokenFile.isPresent()) {
            try {
                return SecretFile.read(tokenFile.get());
            } catch (IllegalArgumentException e) {
                throw new ParameterException(command, "--token-file: " + e.getMessage() + " is expected", e);
            }
        }
        String token = environment.getOrDefault(variable, "");
        if (token.isBlank()) {
            throw new ParameterException(command, "give --token-file, or " + variable);
        }
        return Secret.of(token.strip());
    }
}
