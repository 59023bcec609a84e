"""Tables become numbers with n, an interval and the evidence behind them.

Every public function takes tables (``parley.tables``) and gives a new DataFrame. A column that is
missing, or an option that is none of those that there are, raises ParleyError. Modules are loaded
when a name of theirs is first asked for, since scipy and networkx are slow to import.
"""

from parley import lazy

_WHERE = {
    "actor_counts": "counts",
    "agreement": "coders",
    "backbone": "network",
    "benjamini_hochberg": "intervals",
    "burst_states": "changes",
    "bursts": "changes",
    "calibration": "scores",
    "change_points": "changes",
    "class_scores": "scores",
    "co_mentions": "association",
    "coded_units": "sheets",
    "cohen_kappa": "coders",
    "collocations": "phrases",
    "compare_copies": "copies",
    "confusion": "scores",
    "corpus_profile": "profile",
    "corrected_totals": "correction",
    "cue_shares": "voices",
    "deviation": "spread",
    "dispersion": "spread",
    "dsl_mean": "correction",
    "event_balance": "deeds",
    "event_table": "deeds",
    "every_unit": "coding",
    "g2": "keywords",
    "graph": "network",
    "gwet_ac1": "coders",
    "keyness": "keywords",
    "krippendorff_alpha": "coders",
    "kwic": "concordance",
    "log_odds": "keywords",
    "log_ratio": "keywords",
    "mention_difference": "differences",
    "mention_share": "share",
    "named_sources": "voices",
    "network_nodes": "network",
    "network_summary": "network",
    "npmi": "association",
    "position_shift": "stances",
    "ppi_mean": "correction",
    "quoted_or_mentioned": "voices",
    "read_codes": "sheets",
    "rogan_gladen": "correction",
    "sample_for_coding": "coding",
    "segments": "changes",
    "share_of_voice": "voices",
    "signed_network": "network",
    "stance_matrix": "stances",
    "tone": "tones",
    "tone_difference": "differences",
    "too_few": "intervals",
    "voice_difference": "differences",
    "what_changed": "changed",
    "wilson": "intervals",
}
__all__ = sorted(_WHERE)
__getattr__, __dir__ = lazy.names(__name__, _WHERE)
