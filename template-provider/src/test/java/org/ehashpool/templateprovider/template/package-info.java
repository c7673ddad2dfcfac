@NullMarked
package org.ehashpool.templateprovider.template;

import org.jspecify.annotations.NullMarked;
