package org.ehashpool.mining.job;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class JobBookTest {
    private final JobBook<String, String> book = new JobBook<>(3);

    @Test
    void shouldTellValidStaleAndUnknownJobsApart() {
        book.addActive(1, "one");
        book.addFuture(2, "two");

        assertThat(book.find(1)).isEqualTo(new JobBook.Valid<>("one"));
        assertThat(book.find(2)).isEqualTo(new JobBook.Unknown<String>());
        book.dropActive();
        book.dropFutures();
        assertThat(book.find(1)).isEqualTo(new JobBook.Stale<String>());
        assertThat(book.find(2)).isEqualTo(new JobBook.Stale<String>());
        assertThat(book.find(3)).isEqualTo(new JobBook.Unknown<String>());
        assertThat(book.latest()).isEmpty();
    }

    @Test
    void shouldKeepAFewJobsUnderOnePreviousHash() {
        for (int id = 1; id <= 4; id++) {
            book.addActive(id, "job " + id);
        }

        assertThat(book.find(1)).isEqualTo(new JobBook.Stale<String>());
        assertThat(book.active()).containsExactly("job 2", "job 3", "job 4");
        assertThat(book.latest()).contains("job 4");
    }

    @Test
    void shouldStayBoundedWhateverIsAdded() {
        for (int id = 1; id <= 100_000; id++) {
            book.addFuture(id, "future");
            book.addActive(id, "active");
            if (id % 7 == 0) {
                book.dropActive();
            }
        }

        int stale = 0;
        for (int id = 1; id <= 100_000; id++) {
            stale += book.find(id) instanceof JobBook.Stale<String> ? 1 : 0;
        }
        assertThat(stale).isBetween(1, 64);
        assertThat(book.active()).hasSizeLessThanOrEqualTo(3);
        assertThat(book.future(100_000)).contains("future");
        assertThat(book.future(100_000 - 8)).isEmpty();
    }

    @Test
    void shouldReplaceAJobOfTheSameNumber() {
        book.addFuture(1, "old");
        book.addFuture(1, "new");
        book.addActive(5, "old");
        book.addActive(5, "new");

        assertThat(book.future(1)).contains("new");
        assertThat(book.active()).containsExactly("new");
    }
}
