package org.ehashpool.codegen;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CodegenMainIT {

    @TempDir
    Path root;

    private Path migrations;

    @BeforeEach
    void writeMigrations() throws Exception {
        migrations = Files.createDirectory(root.resolve("migrations"));
        Files.writeString(migrations.resolve("V1__tables.sql"), """
                create table credit (
                    id bigint generated always as identity primary key,
                    amount numeric(20, 0) not null,
                    price numeric(20, 8),
                    name text unique,
                    mined_at timestamptz not null
                );
                """);
    }

    @Test
    void shouldMapAmountsAndTimesWhenItGenerates() throws Exception {
        assertThat(CodegenMain.generate(options("a"))).isTrue();
        assertThat(root.resolve("a/org/example/generated/tables/Credit.java"))
                .content()
                .contains("TableField<CreditRecord, Long> AMOUNT", "new UnsignedLongConverter()")
                .contains("TableField<CreditRecord, BigDecimal> PRICE")
                .contains("TableField<CreditRecord, Instant> MINED_AT")
                .doesNotContain("date = ");
        assertThat(root.resolve("a/org/example/generated/Tables.java"))
                .content()
                .doesNotContain("SCHEMA_HISTORY");
    }

    @Test
    void shouldWriteTheSameWhenInputsAreTheSame() throws Exception {
        CodegenMain.generate(options("a"));
        CodegenMain.generate(options("b"));
        assertThat(new Fingerprint().addTree(root.resolve("a")).hex())
                .isEqualTo(new Fingerprint().addTree(root.resolve("b")).hex());
        assertThat(root.resolve("a.sha256")).hasSameTextualContentAs(root.resolve("b.sha256"));
    }

    @Test
    void shouldRunOnlyWhenInputsOrOutputChanged() throws Exception {
        assertThat(CodegenMain.generate(options("a"))).isTrue();
        assertThat(CodegenMain.generate(options("a"))).isFalse();

        Files.writeString(migrations.resolve("V2__more.sql"), "create table quote (id text primary key);");
        assertThat(CodegenMain.generate(options("a"))).isTrue();
        assertThat(root.resolve("a/org/example/generated/tables/Quote.java")).exists();

        Files.writeString(root.resolve("a/org/example/generated/tables/Quote.java"), "edited by hand");
        assertThat(CodegenMain.generate(options("a"))).isTrue();
        assertThat(root.resolve("a/org/example/generated/tables/Quote.java"))
                .content()
                .contains("class Quote");
    }

    @Test
    void shouldFailAndLeaveNoStampWhenAMigrationFails() throws Exception {
        Files.writeString(migrations.resolve("V2__wrong.sql"), "create tabel quote (id text);");
        assertThat(CodegenMain.run(List.of(
                        "--migrations",
                        migrations.toString(),
                        "--schema",
                        "pool",
                        "--package",
                        "org.example.generated",
                        "--output",
                        root.resolve("a").toString())))
                .isEqualTo(1);
        assertThat(root.resolve("a.sha256")).doesNotExist();
    }

    private CodegenOptions options(String output) {
        return new CodegenOptions(List.of(migrations), "pool", "org.example.generated", root.resolve(output));
    }
}
