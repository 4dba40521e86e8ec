"""The person of the source article as a clinician would type it, finding by finding."""

from __future__ import annotations

ARTICLE = {
    "pain_where": ["low back"], "pain_side": ["mid"], "pain_months": ["30 months"], "onset": ["grad"], "pain_pattern": ["fluct"],
    "pain_course": ["stable"], "pain_now": ["3"], "age": ["41"], "sex": ["female"], "trauma": ["none"],
    "activities": ["lifting my grandchild out of the car seat", "lift", "3 kg=11 height_cm=55", "walking uphill", "walk", "6", ""],
    "ankle_sprain": ["left yes years_ago=9 times=2 limped=5 rehab=no still=no, right no"],
    "worse_bending": ["yes"], "worse_lifting": ["y"], "worse_walking": ["yes after_minutes=40"], "worse_sitting": ["no"],
    "leg_pain_extent": ["both none"], "leg_tingling": ["no"], "back_tight_all_day": ["both yes"], "reflex_ankle": ["normal/normal"],
    "sensation_s1": ["both normal"], "myotome_s1": ["both normal"], "slr": ["both neg"], "lunge_dorsiflexion": ["11/11.5"],
    "ankle_giving_way": ["no"], "cait": ["28/30"], "heel_rise": ["left 11 right 25"], "push_off_reduced": ["yes/no"],
    "hamstring_bridge": ["9/22"], "hip_abductor_strength": ["both 98"], "hip_extensor_strength": ["both 97"], "side_plank": ["both 80"],
    "flexor_endurance": ["140"], "movement_control_errors": ["0"], "sorensen": ["195"], "flexion_relaxation": ["stays"],
    "back_muscle_tone": ["both high"], "back_led_bend": ["yes"], "back_led_lift": ["yes"],
    "tried_core": ["yes weeks=12 per_week=3 did_percent=90 effect=none"],
    "tried_glutes": ["yes weeks=10 per_week=3 did_percent=90 effect=none"],
    "tried_back_strengthening": ["yes weeks=8 per_week=2 did_percent=90 effect=worse"],
}
