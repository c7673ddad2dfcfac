package org.ehashpool.kit.service;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command line of every service. */
@Command(
        sortOptions = false,
        usageHelpAutoWidth = true,
        footer = {
            "",
            "Every key of the configuration can be given by an environment variable as well.",
            "Signals: TERM and INT drain and exit, a second one exits at once; HUP reloads.",
            "Exit status: 0 stopped as asked, 1 failed, 2 bad configuration or usage, 130 forced by INT."
        })
final class Arguments {
    @Option(names = "--config", paramLabel = "FILE.toml", description = "The configuration file.")
    @Nullable
    Path config;

    @Option(names = "--check", description = "Validate the configuration, print it with its sources, and exit.")
    boolean check;

    @Option(names = "--print-default-config", description = "Print a configuration file to start from, and exit.")
    boolean printDefaultConfig;

    @Option(names = "--version", versionHelp = true, description = "Print the version, and exit.")
    boolean version;

    @Option(names = "--help", usageHelp = true, description = "Print this help, and exit.")
    boolean help;
}
