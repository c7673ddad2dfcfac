package org.ehashpool.miner;

import java.io.Console;
import java.util.Map;
import java.util.Optional;
import org.ehashpool.kit.log.LogConfig;
import org.ehashpool.kit.log.LogFormat;
import org.ehashpool.kit.log.LogLevel;
import org.ehashpool.kit.log.Logging;
import picocli.CommandLine.Option;

/** How much is told of what happens, on standard error. */
final class LogOption {
    @Option(
            names = {"-v", "--verbose"},
            description = "Tell of connections, channels and shares too, not of what goes wrong alone.")
    private boolean verbose;

    Logging start() {
        LogLevel level = verbose ? LogLevel.INFO : LogLevel.WARN;
        return Logging.start(new LogConfig(LogFormat.HUMAN, level, Map.of()), System.err, onTerminal());
    }

    /** Whether a person watches. */
    static boolean onTerminal() {
        return Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
    }
}
