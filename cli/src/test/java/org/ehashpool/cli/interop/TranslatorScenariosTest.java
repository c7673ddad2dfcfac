package org.ehashpool.cli.interop;

import static org.assertj.core.api.Assertions.assertThat;

import org.ehashpool.cli.interop.TranslatorScenarios.Counts;
import org.junit.jupiter.api.Test;

class TranslatorScenariosTest {

    @Test
    void shouldAgreeWhenEverybodyCountsTheSame() {
        assertThat(new Counts(7, 7, 7, 7).agree()).isTrue();
    }

    @Test
    void shouldNotAgreeWhenAShareIsMissingSomewhere() {
        assertThat(new Counts(6, 7, 7, 6).agree()).isFalse();
        assertThat(new Counts(7, 6, 7, 7).agree()).isFalse();
        assertThat(new Counts(7, 7, 8, 7).agree()).isFalse();
    }

    @Test
    void shouldNotAgreeWhenSharesCameWhileWeLooked() {
        assertThat(new Counts(6, 6, 6, 7).agree()).isFalse();
    }
}
