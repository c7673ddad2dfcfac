package org.ehashpool.statistics.ingest;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.ehashpool.statistics.fold.Told;

/** What waits to be written. Bounded by what each connection may have unanswered, times the connections. */
final class IngestQueue {
    /** Something told, and who told it. */
    record Item(Told told, Teller teller) {}

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition filled = lock.newCondition();
    private final Queue<Item> items = new ArrayDeque<>();
    private final Queue<Runnable> errands = new ArrayDeque<>();
    private boolean closed;

    void add(Teller teller, List<Told> told) {
        lock.lock();
        try {
            for (Told one : told) {
                items.add(new Item(one, teller));
            }
            filled.signal();
        } finally {
            lock.unlock();
        }
    }

    /** What the writer does before the next group. False when it has ended. */
    boolean add(Runnable errand) {
        lock.lock();
        try {
            if (closed) {
                return false;
            }
            errands.add(errand);
            filled.signal();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Waits for something to do, for not longer than that. */
    void await(long millis) throws InterruptedException {
        lock.lock();
        try {
            long left = TimeUnit.MILLISECONDS.toNanos(millis);
            while (items.isEmpty() && errands.isEmpty() && !closed && left > 0) {
                left = filled.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    List<Runnable> errands() {
        lock.lock();
        try {
            List<Runnable> taken = new ArrayList<>(errands);
            errands.clear();
            return taken;
        } finally {
            lock.unlock();
        }
    }

    List<Item> group(int most) {
        lock.lock();
        try {
            List<Item> group = new ArrayList<>(Math.min(most, items.size()));
            while (group.size() < most && !items.isEmpty()) {
                group.add(items.remove());
            }
            return group;
        } finally {
            lock.unlock();
        }
    }

    int size() {
        lock.lock();
        try {
            return items.size();
        } finally {
            lock.unlock();
        }
    }

    void close() {
        lock.lock();
        try {
            closed = true;
            filled.signalAll();
        } finally {
            lock.unlock();
        }
    }

    boolean isClosed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }
}
