package org.ehashpool.kit.service;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.ehashpool.kit.config.ConfigException;
import org.ehashpool.kit.config.ConfigLoader;
import org.ehashpool.kit.config.LoadedConfig;
import org.ehashpool.kit.log.Logging;
import picocli.CommandLine;

/** The main program of a service. */
public final class ServiceMain<C extends Record & ServiceConfig> {
    private final String name;
    private final String description;
    private final ConfigLoader<C> loader;
    private final ServiceFactory<C> factory;

    private ServiceMain(String name, String description, ConfigLoader<C> loader, ServiceFactory<C> factory) {
        this.name = name;
        this.description = description;
        this.loader = loader;
        this.factory = factory;
    }

    /**
     * A service's main program.
     *
     * @param name in kebab-case: {@code pool-stats}
     * @param description one sentence for {@code --help}
     * @param factory the constructor of the composition root
     */
    public static <C extends Record & ServiceConfig> ServiceMain<C> of(
            String name, String description, Class<C> config, ServiceFactory<C> factory) {
        return new ServiceMain<>(name, description, ConfigLoader.of(name, config), factory);
    }

    /** Runs the service until it is stopped, then exits the process. */
    public void main(String[] arguments) {
        ServiceProcess process = ServiceProcess.current();
        int status = ExitStatus.FAILED.code();
        try {
            status = run(process, arguments);
        } catch (RuntimeException | Error e) {
            // Threads of a half-made service would keep the process alive.
            e.printStackTrace(process.err());
        }
        System.exit(status);
    }

    /**
     * Runs the service within this process until it is stopped, configured by environment variables alone. It takes no
     * signals, leaves the log as it is, and never ends the process: several services can run side by side.
     *
     * @return when it is ready
     * @throws ConfigException with every problem
     * @throws IllegalStateException if it ended before it was ready; the log says why
     */
    public RunningService start(Map<String, String> environment) throws ConfigException, InterruptedException {
        LoadedConfig<C> config = loader.load(Optional.empty(), environment);
        ConfigReloader<C> reloader = new ConfigReloader<>(loader, Optional.empty(), environment, config);
        return RunningService.start(
                name,
                new ServiceRunner<>(name, ServiceProcess.within(environment), Optional.empty(), factory, reloader));
    }

    int run(ServiceProcess process, String... arguments) {
        Arguments parsed = new Arguments();
        CommandLine commandLine = new CommandLine(parsed).setCommandName(name);
        commandLine.getCommandSpec().usageMessage().description(description);
        try {
            commandLine.parseArgs(arguments);
        } catch (CommandLine.ParameterException e) {
            process.err().println(e.getMessage());
            commandLine.usage(process.err());
            return ExitStatus.BAD_CONFIG.code();
        }
        if (parsed.help) {
            commandLine.usage(process.out());
            return ExitStatus.OK.code();
        }
        if (parsed.version) {
            process.out()
                    .println(name + " " + BuildVersion.read() + " (Java " + Runtime.version() + ", "
                            + System.getProperty("java.vendor") + ")");
            return ExitStatus.OK.code();
        }
        if (parsed.printDefaultConfig) {
            process.out().print(loader.template());
            return ExitStatus.OK.code();
        }
        return load(process, Optional.ofNullable(parsed.config), parsed.check);
    }

    private int load(ServiceProcess process, Optional<Path> file, boolean check) {
        LoadedConfig<C> config;
        try {
            config = loader.load(file, process.environment());
        } catch (ConfigException e) {
            process.err().println(e.getMessage());
            return ExitStatus.BAD_CONFIG.code();
        }
        if (check) {
            process.out().print(config.toToml());
            return ExitStatus.OK.code();
        }
        try (Logging logging = Logging.start(config.value().log(), process.log(), process.terminal())) {
            ConfigReloader<C> reloader = new ConfigReloader<>(loader, file, process.environment(), config);
            return new ServiceRunner<>(name, process, Optional.of(logging), factory, reloader).run(file);
        }
    }
}
