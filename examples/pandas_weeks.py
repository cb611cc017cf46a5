#!/usr/bin/env python3
"""Weeks, and the ten largest descents, from the lines of batch, with pandas.

    hardlegs batch ~/activities ~/export.zip > scored.jsonl
    python3 examples/pandas_weeks.py scored.jsonl
"""
import json
import sys

import pandas as pd

with open(sys.argv[1], encoding='utf-8') as lines:
    inputs = [json.loads(line) for line in lines]

failed = [line for line in inputs if 'error' in line]
scored = [dict(activity, id=line['id']) for line in inputs for activity in line.get('activities', [])]

activities = pd.DataFrame(scored).drop_duplicates(['id', 'part'])  # the same bytes count once
activities['start'] = pd.to_datetime(activities['start'], utc=True, format='ISO8601')
# a course has no times, and no week; weeks begin on Monday, in UTC
day = activities['start'].dt.normalize()
activities['week'] = day - pd.to_timedelta(day.dt.weekday, unit='D')
weeks = activities.groupby('week')[['loss_m', 'concentric_load', 'eccentric_load']].sum().round(1)

hills = pd.json_normalize(scored, 'segments', ['path', 'start'])
descents = hills[hills['kind'] == 'descent'].nlargest(10, 'eccentric_load')

print(weeks.set_index(weeks.index.strftime('%Y-%m-%d')).to_string())
print(descents[['path', 'rise_m', 'mean_grade', 'eccentric_load', 'eccentric_intensity']].to_string(index=False))
for line in failed:
    print(line['path'], line['error']['code'])
