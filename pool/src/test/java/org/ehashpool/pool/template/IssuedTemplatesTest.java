package org.ehashpool.pool.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ehashpool.pool.template.ProviderScript.template;

import java.util.ArrayList;
import java.util.List;
import org.ehashpool.pool.template.IssuedTemplates.Issued;
import org.ehashpool.pool.template.ProviderTemplates.Template;
import org.ehashpool.sv2.message.TemplateDistribution;
import org.junit.jupiter.api.Test;

final class IssuedTemplatesTest {
    private final IssuedTemplates issued = new IssuedTemplates();
    private final Line first = new Line("first");
    private final Line second = new Line("second");

    private static final class Line implements IssuedTemplates.Outlet {
        private final String name;
        private boolean open = true;

        private Line(String name) {
            this.name = name;
        }

        @Override
        public String provider() {
            return name;
        }

        @Override
        public boolean isOpen() {
            return open;
        }

        @Override
        public void send(TemplateDistribution.FromClient message) {
            throw new AssertionError("nothing is sent here");
        }
    }

    private static Template named(long id, long originalId, int height, boolean future) {
        return new Template(id, originalId, template(originalId, future, height), height);
    }

    private List<Long> names(long id) {
        return issued.knownBy(id).stream().map(Issued::originalId).toList();
    }

    @Test
    void shouldNameTheIssuerFirstAndOthersByTheirOwnNames() {
        issued.add(0, named(1, 70, 101, true), first);
        issued.add(1, named(2, 80, 101, false), second);
        issued.add(1, named(3, 81, 102, false), second);

        assertThat(names(1)).containsExactly(70L, 80L);
        assertThat(names(2)).containsExactly(80L, 70L);
        assertThat(names(3)).containsExactly(81L);
        assertThat(names(4)).isEmpty();
    }

    @Test
    void shouldNameTheNewConnectionWhenTheOldOneIsGone() {
        issued.add(0, named(1, 70, 101, true), first);
        first.open = false;
        assertThat(names(1)).isEmpty();

        issued.add(0, named(2, 5, 101, true), new Line("first"));
        assertThat(names(1)).containsExactly(5L);
        assertThat(issued.find(1)).isPresent();
    }

    @Test
    void shouldForgetTheOldestOfAProviderOnly() {
        issued.add(1, named(1, 1, 101, true), second);
        List<Long> ids = new ArrayList<>();
        for (int i = 0; i < IssuedTemplates.KEPT_OF_A_PROVIDER + 10; i++) {
            issued.add(0, named(10 + i, i, 101, true), first);
            ids.add(10L + i);
        }
        assertThat(issued.size()).isEqualTo(IssuedTemplates.KEPT_OF_A_PROVIDER + 1);
        assertThat(issued.find(ids.getFirst())).isEmpty();
        assertThat(issued.find(ids.getLast())).isPresent();
        assertThat(names(1)).hasSize(2);
    }
}
