package org.ehashpool.mint;

import java.nio.file.Path;
import java.util.List;
import org.ehashpool.kit.postgres.Database;
import org.ehashpool.kit.postgres.DatabaseComponent;
import org.ehashpool.kit.postgres.PostgresConfig;
import org.ehashpool.kit.service.Component;
import org.ehashpool.kit.service.DataDirectory;
import org.ehashpool.kit.service.Service;
import org.ehashpool.kit.service.ServiceContext;
import org.ehashpool.kit.sv2.port.Sv2Platform;
import org.ehashpool.kit.sv2.upstream.ReconnectSettings;
import org.ehashpool.mint.api.PublicServer;
import org.ehashpool.mint.core.Mint;
import org.ehashpool.mint.core.MintProfile;
import org.ehashpool.mint.manage.ManagementApi;
import org.ehashpool.mint.manage.MintFigures;
import org.ehashpool.mint.pool.PoolConfig;
import org.ehashpool.mint.pool.PoolLinks;
import org.ehashpool.mint.store.MintSchema;
import org.ehashpool.mint.work.Limits;
import org.ehashpool.mint.work.StepWatch;

/** The mint, top-down: a database, and the mint on it. */
final class MintService implements Service<MintConfig> {
    static final String NAME = "mint";

    private final List<Component> components;

    MintService(MintConfig config, ServiceContext context) {
        Path userHome = Path.of(System.getProperty("user.home"));
        String directory = config.profile() == MintProfile.TEST ? NAME + "-test" : NAME;
        PostgresConfig postgres = config.database().resolve(directory, System.getenv(), userHome);
        DatabaseComponent database = new DatabaseComponent(
                () -> Database.open(
                        postgres, MintSchema.SCHEMA, context.metrics().registry(), context.random()),
                context.health());
        Path seedFile = config.seedFile()
                .orElseGet(() -> DataDirectory.base().resolve(directory).resolve("seed"))
                .toAbsolutePath();
        MintComponent mint = new MintComponent(
                database::database,
                seedFile,
                config.profile(),
                config.test().paymentDelay(),
                surroundings(config.limits(), context),
                context);
        PublicServer server =
                new PublicServer(config.publicPort(), config.info(), config.profile(), mint::mint, context);
        MintFigures figures = new MintFigures(
                context,
                config.profile(),
                mint::opened,
                config.database().url().isPresent()
                        ? seedFile.resolveSibling("")
                        : postgres.embedded().directory(),
                config.limits().diskFree().bytes());
        new ManagementApi(mint::opened)
                .mount(context.http().router(), context.http().bearerGuard());
        Sv2Platform platform = new Sv2Platform(NAME, context);
        PoolLinks pools = new PoolLinks(
                PoolConfig.addresses(config.pools()),
                config.ordering(),
                config.mintUrl(),
                platform,
                mint::mint,
                mint::identity,
                ReconnectSettings.DEFAULT,
                context);
        components = List.of(database, mint, figures, server, platform, pools);

        context.health().register("mint", mint::health);
        context.state().describe("mint", mint::state);
        context.state().describe("ordering", pools::description);
    }

    private static Mint.Surroundings surroundings(MintConfig.LimitsConfig limits, ServiceContext context) {
        return new Mint.Surroundings(
                new Limits(
                        limits.inputs(),
                        limits.outputs(),
                        limits.quotes(),
                        limits.secretLength(),
                        limits.witnessLength()),
                limits.operations(),
                limits.curveThreads() == 0 ? Runtime.getRuntime().availableProcessors() : limits.curveThreads(),
                context.clock(),
                context.nanoTime(),
                context.random(),
                StepWatch.NONE);
    }

    @Override
    public List<Component> components() {
        return components;
    }
}
