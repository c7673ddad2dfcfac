package org.ehashpool.cashu.curve;

/**
 * Which implementation of the curve this process uses.
 *
 * @param curve the implementation
 */
record CurveSelection(Curve curve) {

    private static final CurveSelection SELECTED = new CurveSelection(new JavaCurve());

    static CurveSelection selected() {
        return SELECTED;
    }
}
