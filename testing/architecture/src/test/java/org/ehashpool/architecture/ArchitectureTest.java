package org.ehashpool.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.NullMarked;

/** Arrows point one way: pure modules know no service, services never know each other. */
@AnalyzeClasses(
        packages = "org.ehashpool",
        importOptions = {DoNotIncludeTests.class, ArchitectureTest.DoNotIncludeGenerated.class})
final class ArchitectureTest {

    /** jOOQ's classes are as jOOQ writes them. */
    static final class DoNotIncludeGenerated implements ImportOption {
        @Override
        public boolean includes(Location location) {
            return !location.contains("/generated/");
        }
    }

    private static final String CODEC = "org.ehashpool.sv2..";
    private static final String NOISE = "org.ehashpool.noise..";
    private static final String MINING = "org.ehashpool.mining..";
    private static final String CASHU = "org.ehashpool.cashu..";
    private static final String STATS = "org.ehashpool.stats..";
    private static final String KIT = "org.ehashpool.kit..";

    /** A library of those programs that keep ehash. */
    private static final String WALLET = "org.ehashpool.wallet..";

    /** What the statistics services share. */
    private static final String STATISTICS = "org.ehashpool.statistics..";

    /** Pure: messages and time in, values out. No transport, no database, no clock, no randomness of their own. */
    private static final String[] PURE = {CODEC, NOISE, MINING, CASHU, STATS};

    /** Each runs as a process of its own; what two of them need lives in the kit or in a pure module. */
    private static final String[] PROGRAMS = {
        "org.ehashpool.cli..",
        "org.ehashpool.endpoint..",
        "org.ehashpool.pool..",
        "org.ehashpool.templateprovider..",
        "org.ehashpool.translator..",
        "org.ehashpool.mint..",
        "org.ehashpool.poolstats..",
        "org.ehashpool.proxystats..",
        "org.ehashpool.miner.."
    };

    private static final Map<String, Set<String>> CLOCKS = Map.of(
            "java.lang.System", Set.of("currentTimeMillis", "nanoTime"),
            "java.time.Instant", Set.of("now"),
            "java.time.LocalDateTime", Set.of("now"),
            "java.time.ZonedDateTime", Set.of("now"),
            "java.time.Clock", Set.of("systemUTC", "systemDefaultZone", "system"));

    @ArchTest
    static final ArchRule pureModulesKnowNoTransport = noClasses()
            .that()
            .resideInAnyPackage(PURE)
            .should()
            .dependOnClassesThat(resideInAnyPackage(
                            "io.vertx..",
                            "io.netty..",
                            "java.net..",
                            "java.nio.channels..",
                            "java.nio.file..",
                            "java.sql..")
                    // Literal addresses are parsed by the JDK; names are never resolved.
                    .and(not(belongToAnyOf(Inet4Address.class, Inet6Address.class))));

    @ArchTest
    static final ArchRule pureModulesReadNoClock =
            noClasses().that().resideInAnyPackage(PURE).should().accessTargetWhere(readsAClock());

    @ArchTest
    static final ArchRule pureModulesMakeNoRandomnessOfTheirOwn = noClasses()
            .that()
            .resideInAnyPackage(PURE)
            // It blinds the native library's own arithmetic; no result depends on it.
            .and()
            .haveNameNotMatching("org\\.ehashpool\\.cashu\\.curve\\.CurveSelection\\$Selected")
            .should()
            .callConstructor(SecureRandom.class)
            .orShould()
            .callConstructor(Random.class)
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(ThreadLocalRandom.class);

    @ArchTest
    static final ArchRule codecKnowsNoOtherModule = classes()
            .that()
            .resideInAPackage(CODEC)
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(CODEC, "java..", "org.jspecify..");

    @ArchTest
    static final ArchRule noiseKnowsNoOtherModule = noClasses()
            .that()
            .resideInAPackage(NOISE)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(CODEC, MINING, KIT, "org.ehashpool.cli..", "org.ehashpool.endpoint..");

    @ArchTest
    static final ArchRule miningKnowsTheCodecOnly = noClasses()
            .that()
            .resideInAPackage(MINING)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(NOISE, KIT, "org.ehashpool.cli..", "org.ehashpool.endpoint..");

    @ArchTest
    static final ArchRule cashuKnowsNoOtherModule = noClasses()
            .that()
            .resideInAPackage(CASHU)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(CODEC, NOISE, MINING, KIT, "org.ehashpool.cli..", "org.ehashpool.endpoint..");

    @ArchTest
    static final ArchRule statsProtocolKnowsNoOtherModule = noClasses()
            .that()
            .resideInAPackage(STATS)
            .should()
            .dependOnClassesThat(
                    resideInAnyPackage(PROGRAMS).or(resideInAnyPackage(CODEC, NOISE, MINING, CASHU, KIT, WALLET)));

    @ArchTest
    static final ArchRule kitKnowsNoProgram = noClasses()
            .that()
            .resideInAPackage(KIT)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(PROGRAMS);

    @ArchTest
    static final ArchRule walletKnowsCashuAndTheKitOnly = noClasses()
            .that()
            .resideInAPackage(WALLET)
            .should()
            .dependOnClassesThat(resideInAnyPackage(PROGRAMS).or(resideInAnyPackage(CODEC, NOISE, MINING)));

    @ArchTest
    static final ArchRule statisticsKnowsTheKitOnly = noClasses()
            .that()
            .resideInAPackage(STATISTICS)
            .should()
            .dependOnClassesThat(
                    resideInAnyPackage(PROGRAMS).or(resideInAnyPackage(CODEC, NOISE, MINING, CASHU, WALLET)));

    @ArchTest
    static final ArchRule theKitAndPureModulesKnowNoWallet = noClasses()
            .that()
            .resideInAnyPackage(CODEC, NOISE, MINING, CASHU, KIT)
            .should()
            .dependOnClassesThat()
            .resideInAPackage(WALLET);

    @ArchTest
    static final ArchRule onlyTheTranslatorAndTheCommandsHaveAWallet = noClasses()
            .that(resideInAnyPackage(PROGRAMS)
                    .and(not(resideInAnyPackage("org.ehashpool.translator..", "org.ehashpool.cli.."))))
            .should()
            .dependOnClassesThat()
            .resideInAPackage(WALLET);

    @ArchTest
    static final ArchRule programsDoNotKnowEachOther =
            slices().matching("org.ehashpool.(cli|endpoint)..").should().notDependOnEachOther();

    @ArchTest
    static final ArchRule packagesAreFreeOfCycles =
            slices().matching("org.ehashpool.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule packagesAreNamedForWhatTheyDo = noClasses()
            .should()
            .resideInAnyPackage("..impl..", "..common..", "..util..", "..utils..", "..manager..", "..helper..");

    @ArchTest
    static final ArchRule classesAreNamedForWhatTheyAre = noClasses()
            .should()
            .haveSimpleNameEndingWith("Impl")
            .orShould()
            .haveSimpleNameEndingWith("Util")
            .orShould()
            .haveSimpleNameEndingWith("Utils")
            .orShould()
            .haveSimpleNameEndingWith("Manager")
            .orShould()
            .haveSimpleNameEndingWith("Helper");

    @ArchTest
    static final ArchRule everyPackageIsNullMarked = classes().should(resideInANullMarkedPackage());

    private static DescribedPredicate<JavaAccess<?>> readsAClock() {
        return DescribedPredicate.describe(
                "a clock is read",
                access -> CLOCKS.getOrDefault(access.getTargetOwner().getName(), Set.of())
                        .contains(access.getName()));
    }

    private static ArchCondition<JavaClass> resideInANullMarkedPackage() {
        return new ArchCondition<>("reside in a @NullMarked package") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                if (!type.getPackage().isAnnotatedWith(NullMarked.class)) {
                    events.add(SimpleConditionEvent.violated(
                            type, type.getName() + ": no package-info.java with @NullMarked"));
                }
            }
        };
    }
}
