package org.ehashpool.pool.ledger;

/** Told of commits, on any thread. */
public interface CommitObserver {
    /** Hears nothing. */
    CommitObserver NONE = new CommitObserver() {
        @Override
        public void committed(int credits, long nanos) {
            // Nobody asked.
        }

        @Override
        public void recorded(int credits, long nanos) {
            // Nobody asked.
        }

        @Override
        public void failed(int credits, int attempt, Throwable cause) {
            // Nobody asked.
        }

        @Override
        public void recovered(long nanos) {
            // Nobody asked.
        }
    };

    /**
     * A commit is done.
     *
     * @param credits in it
     * @param nanos from its first try
     */
    void committed(int credits, long nanos);

    /**
     * Credits that were handed over together have their outcomes.
     *
     * @param nanos since they were handed over
     */
    void recorded(int credits, long nanos);

    /**
     * It is not known what became of a commit; it is tried again.
     *
     * @param credits in it
     * @param attempt the number of the try, from 1
     */
    void failed(int credits, int attempt, Throwable cause);

    /**
     * The ledger answers again.
     *
     * @param nanos how long it did not
     */
    void recovered(long nanos);
}
