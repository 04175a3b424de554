package io.vmferry.rules.error;

import io.vmferry.spi.error.ErrorCategory;
import io.vmferry.spi.error.ErrorCode;

/** What can be wrong with a migration file, a rule file or a stored plan. */
public enum RulesError implements ErrorCode {
    /** The text is not YAML: wrong indentation, a missing quote or bracket, a tab. */
    YAML_SYNTAX,
    /** The file is not UTF-8 text. */
    YAML_NOT_UTF8,
    /** The file holds nothing but comments and blanks. */
    YAML_EMPTY,
    /** The file is larger, or nested deeper, than any migration file can be. */
    YAML_TOO_LARGE,
    /** Anchors, aliases, tags and further documents are YAML features that vmferry does not read. */
    YAML_UNSUPPORTED,
    /** A key stands twice in the same mapping. */
    YAML_DUPLICATE_KEY,
    /** The file's apiVersion or kind is missing, or not one that can be read here. */
    CONFIG_WRONG_KIND,
    /** A key that does not exist at this place; often a typing error. */
    CONFIG_UNKNOWN_KEY,
    /** A key that must be given is missing. */
    CONFIG_MISSING_KEY,
    /** A list stands where a word is expected, or the like. */
    CONFIG_WRONG_TYPE,
    /** A value is of the right type but not one of those that are allowed. */
    CONFIG_BAD_VALUE,
    /** Two settings exclude each other. */
    CONFIG_CONTRADICTION,
    /** A secret was written into the file instead of the name of what holds it. */
    CONFIG_SECRET,
    /** A regular expression is not valid, or could take practically forever. */
    RULES_REGEX,
    /** A stored plan cannot be read back. */
    PLAN_UNREADABLE(ErrorCategory.INPUT);

    private final ErrorCategory category;

    RulesError() {
        this(ErrorCategory.CONFIG);
    }

    RulesError(ErrorCategory category) {
        this.category = category;
    }

    @Override
    public ErrorCategory category() {
        return category;
    }
}
