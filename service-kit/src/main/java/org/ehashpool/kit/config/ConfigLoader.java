package org.ehashpool.kit.config;

import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** Loads the configuration of one service. Holds no state: one loader serves the start and every reload. */
public final class ConfigLoader<C extends Record> {
    private final String service;
    private final Class<C> type;
    private final Schema.Table schema;
    private final Suggestions suggestions;

    private ConfigLoader(String service, Class<C> type) {
        this.service = service;
        this.type = type;
        this.schema = Schema.of(type);
        this.suggestions = new Suggestions(Schema.keys(schema, ""));
    }

    /**
     * A loader for a service's configuration record.
     *
     * @param service in kebab-case; names the environment variables
     * @throws IllegalStateException when the record cannot be a configuration, which is a bug
     */
    public static <C extends Record> ConfigLoader<C> of(String service, Class<C> type) {
        return new ConfigLoader<>(service, type);
    }

    /**
     * Reads all sources.
     *
     * @param file the TOML file; empty for the environment alone
     * @throws ConfigException with every problem
     */
    public LoadedConfig<C> load(Optional<Path> file, Map<String, String> environment) throws ConfigException {
        List<ConfigProblem> problems = new ArrayList<>();
        ConfigSource whole = file.<ConfigSource>map(ConfigSource.WholeFile::new).orElseGet(ConfigSource.ByDefault::new);
        Node.Table root =
                file.map(path -> new TomlReader(problems).read(path)).orElseGet(() -> Node.Table.empty(whole));
        boolean complete = problems.isEmpty();
        new EnvironmentOverlay(service, suggestions, problems).apply(environment, schema, root);
        Path directory = file.map(Path::toAbsolutePath)
                .map(Path::getParent)
                .orElseGet(() -> Path.of("").toAbsolutePath());
        Binder.@Nullable Bound bound =
                new Binder(problems, suggestions, whole, directory, complete).bind(schema, root, "");
        if (bound == null || !problems.isEmpty()) {
            throw new ConfigException(problems.stream()
                    .sorted(Comparator.comparing(ConfigLoader::position))
                    .toList());
        }
        return new LoadedConfig<>(service, type.cast(bound.value()), (Effective.Table) bound.effective());
    }

    /** A file with every key, its meaning and its default. */
    public String template() {
        return Template.of(service, schema);
    }

    /**
     * What of the new configuration can take effect without a restart.
     *
     * @throws ConfigException when the running configuration with the reloadable part of the new one is refused by a
     *     record's constructor
     */
    public ReloadPlan<C> plan(LoadedConfig<C> running, LoadedConfig<C> wanted) throws ConfigException {
        List<String> applied = new ArrayList<>();
        List<String> needRestart = new ArrayList<>();
        try {
            Merged merged = merge(
                    schema,
                    new Merged(running.value(), running.effective()),
                    new Merged(wanted.value(), wanted.effective()),
                    "",
                    applied,
                    needRestart);
            LoadedConfig<C> config = new LoadedConfig<>(service, type.cast(merged.value), merged.effective);
            return new ReloadPlan<>(config, applied, needRestart);
        } catch (IllegalArgumentException e) {
            throw new ConfigException(List.of(new ConfigProblem(
                    new ConfigSource.ByDefault(),
                    "",
                    Optional.empty(),
                    "reloadable keys that fit the running ones: " + e.getMessage())));
        }
    }

    private record Merged(Object value, Effective.Table effective) {}

    private static Merged merge(
            Schema.Table schema,
            Merged running,
            Merged wanted,
            String prefix,
            List<String> applied,
            List<String> needRestart) {
        @Nullable Object[] values = new @Nullable Object[schema.fields().size()];
        SequencedMap<String, Effective> effective = new LinkedHashMap<>();
        for (int index = 0; index < values.length; index++) {
            Schema.Field field = schema.fields().get(index);
            Object mine = get(field.component(), running.value);
            Object its = get(field.component(), wanted.value);
            String key = prefix + field.key();
            Effective printed =
                    Objects.requireNonNull(running.effective.entries().get(field.key()));
            Effective printedWanted =
                    Objects.requireNonNull(wanted.effective.entries().get(field.key()));
            if (mine.equals(its)) {
                values[index] = mine;
            } else if (field.reloadable()) {
                applied.add(key);
                values[index] = its;
                printed = printedWanted;
            } else if (field.schema() instanceof Schema.Table below && !field.optional()) {
                Merged merged = merge(
                        below,
                        new Merged(mine, (Effective.Table) printed),
                        new Merged(its, (Effective.Table) printedWanted),
                        key + ".",
                        applied,
                        needRestart);
                values[index] = merged.value;
                printed = merged.effective;
            } else {
                needRestart.add(key);
                values[index] = mine;
            }
            effective.put(field.key(), printed);
        }
        return new Merged(Binder.create(schema.type(), values), new Effective.Table(effective));
    }

    private static Object get(RecordComponent component, Object owner) {
        try {
            component.getAccessor().setAccessible(true);
            return component.getAccessor().invoke(owner);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot read " + component, e);
        }
    }

    /** The file from top to bottom, then what is missing from it, then the environment. */
    private static String position(ConfigProblem problem) {
        return switch (problem.source()) {
            case ConfigSource.InFile(Path file, int line, int column) ->
                String.format(Locale.ROOT, "0 %09d %09d", line, column);
            case ConfigSource.WholeFile file -> "1";
            case ConfigSource.InEnvironment(String variable) -> "2 " + variable;
            case ConfigSource.ByDefault byDefault -> "3";
        };
    }
}
