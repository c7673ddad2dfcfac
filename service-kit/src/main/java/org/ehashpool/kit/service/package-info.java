/**
 * The life of a daemon: command line, start, reload, drain, exit.
 *
 * <p>A service is four things. A configuration:
 *
 * <pre>{@code
 * record PoolConfig(
 *         @Description("Where miners connect.") @Default("0.0.0.0:34254") HostPort listen,
 *         @Default("{ listen = '127.0.0.1:9108' }") HttpConfig http,
 *         LogConfig log,
 *         RuntimeConfig runtime)
 *         implements ServiceConfig {}
 * }</pre>
 *
 * Components, each of which starts and stops something:
 *
 * <pre>{@code
 * final class MinerListener implements Component {
 *     public String name() { return "miners"; }
 *     public Future<Void> start() { return server.listen().mapEmpty(); }
 *     public Future<Void> stop() { return server.shutdown(); }  // stop accepting, finish, flush
 * }
 * }</pre>
 *
 * A composition root that makes them, in the order in which they start:
 *
 * <pre>{@code
 * final class PoolService implements Service<PoolConfig> {
 *     private final Ledger ledger;
 *     private final MinerListener miners;
 *
 *     PoolService(PoolConfig config, ServiceContext context) {
 *         ledger = new Ledger(config.ledger(), context.vertx());
 *         miners = new MinerListener(config.listen(), ledger, context);
 *         context.health().register("ledger", Duration.ofSeconds(1), ledger::health);
 *     }
 *
 *     public List<Component> components() { return List.of(ledger, miners); }
 *     public Future<Void> reload(PoolConfig config) { return miners.shareRate(config.sharesPerMinute()); }
 * }
 * }</pre>
 *
 * And a main:
 *
 * <pre>{@code
 * public final class PoolMain {
 *     public static void main(String[] arguments) {
 *         ServiceMain.of("pool", "Validates shares and pays for them.", PoolConfig.class, PoolService::new).main(arguments);
 *     }
 * }
 * }</pre>
 *
 * <p>States: {@code STARTING → READY → DRAINING → STOPPED}, or {@code FAILED} from anywhere. The HTTP server listens
 * first and closes last, so that the others can be seen on their way. Components start one after the other and stop in
 * reverse, both under a deadline.
 *
 * <p>Signals: SIGTERM and SIGINT drain; a second one ends the process at once. SIGHUP reads the configuration again.
 *
 * <p>Exit status: 0 stopped as asked, 1 failed or forced, 2 bad configuration or usage, 130 forced by SIGINT.
 */
@NullMarked
package org.ehashpool.kit.service;

import org.jspecify.annotations.NullMarked;
