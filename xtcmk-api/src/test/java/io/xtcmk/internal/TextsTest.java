package io.xtcmk.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Outside texts, cut and on one line. */
class TextsTest {
    @Test
    void shortText_staysWhole() {
        assertThat(Texts.oneLine("twelve chars", 12)).isEqualTo("twelve chars");
        assertThat(Texts.oneLine("", 12)).isEmpty();
        assertThat(Texts.oneLine(null, 12)).isEqualTo("null");
    }

    @Test
    void longText_isCut() {
        assertThat(Texts.oneLine("a".repeat(13), 12)).isEqualTo("a".repeat(12) + "...");
        assertThat(Texts.oneLine("a".repeat(24), 12)).isEqualTo("a".repeat(12) + "...");
        assertThat(Texts.oneLine("a".repeat(5000), 12)).isEqualTo("a".repeat(12) + "...");
    }

    @Test
    void unprintableCharacters_areOneBlankEachRun() {
        assertThat(Texts.oneLine("a\r\n\u0085b", 12)).isEqualTo("a b");
        assertThat(Texts.oneLine("a" + "\n".repeat(15) + "b", 12)).isEqualTo("a b");
    }

    /** Nobody knows whether anything is left of it that could be shown: the dots say so. */
    @Test
    void longText_isCut_evenIfWhatIsShownOfItIsShort() {
        assertThat(Texts.oneLine("a" + "\n".repeat(24), 12)).isEqualTo("a...");
    }

    @Test
    void cut_leavesNoHalfCharacter() {
        assertThat(Texts.oneLine("a".repeat(11) + "\ud83d\udd11" + "b", 12)).isEqualTo("a".repeat(11) + "...");
    }
}
