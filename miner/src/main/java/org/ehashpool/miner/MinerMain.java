package org.ehashpool.miner;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Where {@code ./ehash miner} enters. Exit status: 0 done, 1 it failed, 2 it was asked wrongly. */
@Command(
        name = "miner",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "A CPU miner and a load generator for SV2 and SV1 pools.",
        subcommands = {MineCommand.class, LoadCommand.class})
public final class MinerMain implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before it runs anything.
    private CommandSpec spec;

    private MinerMain() {}

    /** Runs one command and exits with its status. */
    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        return new CommandLine(new MinerMain())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpAutoWidth(true)
                .setExecutionExceptionHandler((failure, command, parsed) -> {
                    String message = failure.getMessage();
                    boolean ours = failure instanceof IllegalArgumentException && message != null;
                    command.getErr().println("miner " + command.getCommandName() + ": " + (ours ? message : failure));
                    return command.getCommandSpec().exitCodeOnExecutionException();
                });
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "no command given");
    }
}
