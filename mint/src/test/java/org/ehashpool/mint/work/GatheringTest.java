package org.ehashpool.mint.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

final class GatheringTest {

    private final List<List<Integer>> works = Collections.synchronizedList(new ArrayList<>());
    private final CountDownLatch opened = new CountDownLatch(1);

    /** Adds one to each; waits, in its first work, until the test lets it. */
    private void work(List<Gathering.Call<Integer, Integer>> calls) {
        works.add(calls.stream().map(Gathering.Call::item).toList());
        try {
            opened.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        for (Gathering.Call<Integer, Integer> call : calls) {
            if (call.item() >= 0) {
                call.answer().complete(call.item() + 1);
            }
        }
    }

    @Test
    void shouldDoTogetherWhatComesWhileOthersAreAtWork() throws Exception {
        Gathering<Integer, Integer> gathering = new Gathering<>(1, 3, item -> 1, this::work);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Integer>> answers = new ArrayList<>();
            answers.add(threads.submit(() -> gathering.call(0)));
            await().until(() -> works.size() == 1);
            for (int i = 1; i < 5; i++) {
                int item = i;
                answers.add(threads.submit(() -> gathering.call(item)));
            }
            await().until(() -> gathering.waiting() == 4);
            opened.countDown();

            for (int i = 0; i < 5; i++) {
                assertThat(answers.get(i).get()).isEqualTo(i + 1);
            }
        }
        assertThat(works).extracting(List::size).containsExactly(1, 3, 1);
        assertThat(gathering.call(7)).isEqualTo(8);
    }

    @Test
    void shouldDoAloneWhatIsAboveTheLimit() throws Exception {
        opened.countDown();
        Gathering<Integer, Integer> gathering = new Gathering<>(1, 3, item -> item, this::work);

        assertThat(gathering.call(10)).isEqualTo(11);
    }

    @Test
    void shouldFailOnlyThoseWithoutAnAnswer() {
        opened.countDown();
        Gathering<Integer, Integer> gathering = new Gathering<>(1, 3, item -> 1, this::work);

        assertThatThrownBy(() -> gathering.call(-1)).isInstanceOf(IllegalStateException.class);
        assertThat(gathering.call(1)).isEqualTo(2);
    }

    @Test
    void shouldThrowWhatTheWorkThrows() {
        UndoneException failure = new UndoneException();
        Gathering<Integer, Integer> gathering = new Gathering<>(2, 3, item -> 1, calls -> {
            throw failure;
        });

        assertThatThrownBy(() -> gathering.call(1)).isSameAs(failure);
        assertThatThrownBy(() -> gathering.call(1)).isSameAs(failure);
    }
}
