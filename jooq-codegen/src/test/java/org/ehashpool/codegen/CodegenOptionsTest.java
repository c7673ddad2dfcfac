package org.ehashpool.codegen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CodegenOptionsTest {

    @TempDir
    Path root;

    @Test
    void shouldReadAllOptionsWhenGiven() throws Exception {
        Path other = Files.createDirectory(root.resolve("other"));
        List<String> arguments = new ArrayList<>(good());
        arguments.addAll(List.of("--migrations", other.toString()));
        CodegenOptions options = CodegenOptions.parse(arguments);
        assertThat(options.migrations()).containsExactly(root, other);
        assertThat(options.schema()).isEqualTo("pool");
        assertThat(options.targetPackage()).isEqualTo("org.example.generated");
        assertThat(options.output()).isEqualTo(root.resolve("out"));
    }

    @ParameterizedTest
    @CsvSource({
        "--schema, Pool Stats, --schema: expected",
        "--package, Org..example, --package: expected",
        "--migrations, no/such/directory, no such directory",
    })
    void shouldNameOptionWhenItsValueIsWrong(String option, String value, String message) {
        List<String> arguments = new ArrayList<>(good());
        arguments.set(arguments.indexOf(option) + 1, value);
        assertThatThrownBy(() -> CodegenOptions.parse(arguments))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    @Test
    void shouldRefuseWhenAnOptionIsMissingTwiceOrUnknown() {
        assertThatThrownBy(() -> CodegenOptions.parse(good().subList(0, 6))).hasMessage("--output is missing");
        assertThatThrownBy(() -> CodegenOptions.parse(good().subList(0, 7))).hasMessageContaining("pairs");
        assertThatThrownBy(() -> CodegenOptions.parse(List.of("--schema", "a", "--schema", "b")))
                .hasMessage("--schema is given twice");
        assertThatThrownBy(() -> CodegenOptions.parse(List.of("--shema", "a"))).hasMessage("unknown option --shema");
        assertThat(CodegenMain.run(List.of())).isEqualTo(2);
    }

    private List<String> good() {
        return List.of(
                "--migrations",
                root.toString(),
                "--schema",
                "pool",
                "--package",
                "org.example.generated",
                "--output",
                root.resolve("out").toString());
    }
}
