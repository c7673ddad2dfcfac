/**
 * Build tool: writes jOOQ classes for the tables that a module's migrations make.
 *
 * <p>It starts a throw-away PostgreSQL, runs the migrations with Flyway exactly as the service will, and reads the
 * catalogue back, so that the classes describe what PostgreSQL made of the SQL and not what a parser guessed. The
 * output depends on its inputs alone, and it is left alone while they are unchanged.
 *
 * <p>A module uses it from its pom: this module as a dependency of scope {@code test}, and {@code exec-maven-plugin}'s
 * {@code exec} goal in {@code generate-sources} with {@code <executable>${java.executable}</executable>} (
 * a JDK 25), {@code <classpathScope>test</classpathScope>} and
 * {@code -classpath <classpath/> org.ehashpool.codegen.CodegenMain} followed by the options of
 * {@link org.ehashpool.codegen.CodegenOptions}. The pom of {@code service-kit} is an example.
 *
 * @see <a href="https://www.jooq.org/doc/latest/manual/code-generation/">jOOQ: code generation</a>
 */
@NullMarked
package org.ehashpool.codegen;

import org.jspecify.annotations.NullMarked;
