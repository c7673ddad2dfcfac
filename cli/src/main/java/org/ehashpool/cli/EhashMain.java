package org.ehashpool.cli;

import org.ehashpool.cli.audit.AuditCommand;
import org.ehashpool.cli.demo.DemoCommand;
import org.ehashpool.cli.interop.InteropCommand;
import org.ehashpool.cli.keys.KeysCommand;
import org.ehashpool.cli.mint.MintCommand;
import org.ehashpool.cli.pool.PoolCommand;
import org.ehashpool.cli.postgres.PostgresCommand;
import org.ehashpool.cli.probe.ProbeCommand;
import org.ehashpool.cli.wallet.WalletCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Where {@code ./ehash COMMAND} enters. Exit status: 0 done, 1 it failed, 2 it was asked wrongly. */
@Command(
        name = "ehash",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "A bitcoin mining pool suite that pays every accepted share in ecash.",
        subcommands = {
            AuditCommand.class,
            DemoCommand.class,
            InteropCommand.class,
            KeysCommand.class,
            MintCommand.class,
            PoolCommand.class,
            PostgresCommand.class,
            ProbeCommand.class,
            VersionCommand.class,
            WalletCommand.class
        })
public final class EhashMain implements Runnable {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before it runs anything.
    private CommandSpec spec;

    private EhashMain() {}

    /** Runs one command and exits with its status. */
    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        return new CommandLine(new EhashMain())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpAutoWidth(true)
                .setExecutionExceptionHandler((failure, command, parsed) -> {
                    command.getErr().println("ehash " + command.getCommandName() + ": " + Failure.text(failure));
                    return command.getCommandSpec().exitCodeOnExecutionException();
                });
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "no command given");
    }
}
