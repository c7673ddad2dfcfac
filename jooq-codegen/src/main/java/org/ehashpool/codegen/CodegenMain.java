package org.ehashpool.codegen;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.jooq.codegen.GenerationTool;
import org.jooq.meta.jaxb.Configuration;
import org.jooq.meta.jaxb.Database;
import org.jooq.meta.jaxb.ForcedType;
import org.jooq.meta.jaxb.Generate;
import org.jooq.meta.jaxb.Generator;
import org.jooq.meta.jaxb.Jdbc;
import org.jooq.meta.jaxb.Logging;
import org.jooq.meta.jaxb.Target;

/** Entry point: see the package. Exit status 0 when the output is right, 1 when it is not, 2 for wrong options. */
public final class CodegenMain {

    /** The name of Flyway's own table, as the services configure it: it gets no class. */
    private static final String HISTORY_TABLE = "schema_history";

    /** Amounts: {@code numeric(20,0)} is an unsigned 64-bit number, a {@code long} read with Long's unsigned methods. */
    private static final String UNSIGNED_CONVERTER = "org.ehashpool.kit.postgres.UnsignedLongConverter";

    private CodegenMain() {}

    /** Options: see {@link CodegenOptions}. */
    public static void main(String[] arguments) {
        System.exit(run(List.of(arguments)));
    }

    static int run(List<String> arguments) {
        // The logging backend is the using module's, if it has one.
        System.setProperty("logback.configurationFile", "org/ehashpool/codegen/logback.xml");
        System.setProperty("org.jooq.no-logo", "true");
        System.setProperty("org.jooq.no-tips", "true");
        CodegenOptions options;
        try {
            options = CodegenOptions.parse(arguments);
        } catch (IllegalArgumentException e) {
            System.err.println("jooq-codegen: " + e.getMessage());
            return 2;
        }
        try {
            generate(options);
            return 0;
        } catch (Exception e) {
            System.err.println("jooq-codegen: " + options.schema() + ": " + e);
            e.printStackTrace();
            return 1;
        }
    }

    /** Generates unless the output is there and came from the same inputs; tells whether it did. */
    static boolean generate(CodegenOptions options) throws Exception {
        Path stamp = options.output().resolveSibling(options.output().getFileName() + ".sha256");
        String inputs = fingerprintOfInputs(options);
        if (Files.isDirectory(options.output())
                && Files.isRegularFile(stamp)
                && Files.readString(stamp).equals(stampOf(inputs, options.output()))) {
            return false;
        }
        Files.deleteIfExists(stamp);
        deleteTree(options.output());
        // The library's defaults (no fsync, data deleted at the end) are what a throw-away database wants.
        try (EmbeddedPostgres postgres = EmbeddedPostgres.builder().start()) {
            migrate(postgres, options);
            GenerationTool.generate(configuration(postgres, options));
        }
        if (!Files.isDirectory(options.output())) {
            throw new IOException(
                    "the migrations in " + options.migrations() + " made no table in " + options.schema());
        }
        Files.writeString(stamp, stampOf(inputs, options.output()));
        System.out.println("jooq-codegen: generated " + options.targetPackage());
        return true;
    }

    private static void migrate(EmbeddedPostgres postgres, CodegenOptions options) {
        Flyway.configure()
                .dataSource(postgres.getPostgresDatabase())
                .schemas(options.schema())
                .table(HISTORY_TABLE)
                .locations(options.migrations().stream()
                        .map(path -> "filesystem:" + path)
                        .toArray(String[]::new))
                .failOnMissingLocations(true)
                .placeholderReplacement(false)
                .load()
                .migrate();
    }

    private static Configuration configuration(EmbeddedPostgres postgres, CodegenOptions options) {
        return new Configuration()
                .withLogging(Logging.WARN)
                .withJdbc(new Jdbc()
                        .withDriver("org.postgresql.Driver")
                        .withUrl(postgres.getJdbcUrl("postgres", "postgres"))
                        .withUser("postgres"))
                .withGenerator(new Generator()
                        .withDatabase(new Database()
                                .withName("org.jooq.meta.postgres.PostgresDatabase")
                                .withInputSchema(options.schema())
                                .withExcludes(HISTORY_TABLE)
                                .withForcedTypes(
                                        new ForcedType()
                                                .withUserType("java.lang.Long")
                                                .withConverter(UNSIGNED_CONVERTER)
                                                .withIncludeTypes("(?i)numeric\\(20(,\\s*0)?\\)"),
                                        new ForcedType()
                                                .withName("INSTANT")
                                                .withIncludeTypes("(?i)timestamp(\\(\\d\\))?\\s+with\\s+time\\s+zone")))
                        .withGenerate(new Generate()
                                .withGeneratedAnnotation(true)
                                .withGeneratedAnnotationDate(false)
                                .withRecords(true)
                                .withFluentSetters(true)
                                .withJavaTimeTypes(true))
                        .withTarget(new Target()
                                .withPackageName(options.targetPackage())
                                .withDirectory(options.output().toString())));
    }

    private static String fingerprintOfInputs(CodegenOptions options) throws IOException {
        Fingerprint fingerprint = new Fingerprint()
                .addClass(CodegenMain.class)
                .addClass(CodegenOptions.class)
                .add(org.jooq.Constants.FULL_VERSION)
                .add(options.schema())
                .add(options.targetPackage());
        for (Path migrations : options.migrations()) {
            fingerprint.addTree(migrations);
        }
        return fingerprint.hex();
    }

    private static String stampOf(String inputs, Path output) throws IOException {
        return inputs + "\n" + new Fingerprint().addTree(output).hex() + "\n";
    }

    private static void deleteTree(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> walk = Files.walk(directory)) {
            for (Path path : walk.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }
}
