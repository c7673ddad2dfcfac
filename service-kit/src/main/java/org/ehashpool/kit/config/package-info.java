/**
 * Configuration: a TOML file and environment variables become a record.
 *
 * <p>A service describes its configuration as records. A component's name in snake_case is the key ({@code
 * maxConnections} is {@code max_connections}), its type says what is accepted, its annotations say the rest:
 *
 * <pre>{@code
 * record PoolConfig(
 *         @Description("Where miners connect.") @Default("0.0.0.0:34254") HostPort listen,
 *         @Description("Shares expected per minute.") @Default("6") @Range(min = "1", max = "120") @Reloadable int sharesPerMinute,
 *         @Description("The template provider to ask first.") URI templateProvider,
 *         @Default("{ listen = '127.0.0.1:9108' }") HttpConfig http,
 *         LogConfig log,
 *         RuntimeConfig runtime)
 *         implements ServiceConfig {}
 *
 * LoadedConfig<PoolConfig> loaded = ConfigLoader.of("pool", PoolConfig.class).load(Optional.of(file), System.getenv());
 * }</pre>
 *
 * <p>Accepted component types: {@link String}, {@code boolean}, {@code int}, {@code long}, {@code double}, {@link
 * java.time.Duration} ({@code "10s"}), {@link org.ehashpool.kit.config.ByteSize} ({@code "64KiB"}), {@link
 * java.nio.file.Path}, {@link java.net.URI} (absolute), {@link org.ehashpool.kit.config.HostPort}, enums (in
 * kebab-case or snake_case), {@link org.ehashpool.kit.config.Secret}, records, and {@link java.util.Optional}, {@link
 * java.util.List} and {@link java.util.Map} (with string keys) of these.
 *
 * <p>Sources, the later wins: {@link org.ehashpool.kit.config.Default}, the file, the environment. An environment
 * variable is named by the service and the path to the key, with two underscores between levels: {@code
 * POOL__HTTP__LISTEN}. A list of scalars is comma separated, or indexed like a list of tables ({@code
 * POOL__MINTS__0__URL}); a map of scalars is {@code key=value,key=value}. A secret is given by value, as {@code
 * { file = "path" }}, or by a variable whose name ends in {@code _FILE}.
 *
 * <p>All problems are reported at once, each with its source, key, value and what was expected; a secret's value is
 * never shown.
 */
@NullMarked
package org.ehashpool.kit.config;

import org.jspecify.annotations.NullMarked;
